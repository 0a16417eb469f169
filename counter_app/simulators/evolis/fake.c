/* A card printer made of software behind the calls of the maker's library that the driver uses.
 *
 * The printer is a folder: its name is the folder's path. In it lie, all of them optional:
 *   state   "MAJOR MINOR", as the published header counts them (1 6 where there is none)
 *   end     the code that printing gives, or "crash", "hang", "noise" (writes to standard output)
 *   ribbon  how many cards the ribbon still prints
 *   one-sided  it cannot turn a card over
 *   trouble "KIND N": unplug, silent, garble, restart or crash after N bytes of the dialogue, counted both ways
 *           from the moment the file was written; the count stands in `passed`
 *   away    it does not answer (what unplugging leaves behind)
 *   mute    it answers nothing any more (what silence leaves behind)
 * and what it did: every printed face as card-N-front.bmp, card-N-back.bmp, and `count`, the cards it let go.
 * A folder that is not there is a printer that does not answer. Sizes are those of the header.
 *
 * The maker's dialogue on the cable is not published. Ours stands for it: a call is its number (1 byte), what
 * goes out with it (a face: its bytes), and what comes back (1 byte for a code, 2 for the state's numbers). */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FACES 2
#define GONE (-61)
#define WRONG_BIT 0x08
#define FOREVER 3600

typedef struct {
    char folder[1024]; char *face[FACES]; size_t size[FACES]; bool ready, lost;
} printer_t;
typedef struct {
    char description[64], zone[8]; int type, capacity, remaining, progress;
    char product[16]; uint32_t batch; char built[24], serial[24], internal[24];
} ribbon_t;
typedef struct {
    char name[128]; int type, mark; char mark_name[32]; int model; char model_name[32]; uint32_t model_id;
    char firmware[16], serial[16], head[16], zone[16]; bool features[13]; uint32_t in, out, reject;
    char lcd[16], graphics[16], scanner[64];
} info_t;

static FILE *of(printer_t *p, const char *name, const char *mode) {
    char path[1280];
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    return fopen(path, mode);
}

static void word(printer_t *p, const char *name, char *out, size_t size, const char *otherwise) {
    FILE *file = of(p, name, "r");
    snprintf(out, size, "%s", otherwise);
    if (file == NULL) return;
    size_t got = fread(out, 1, size - 1, file);
    out[got] = 0;
    fclose(file);
}

static bool is_there(printer_t *p, const char *name) {
    FILE *file = of(p, name, "r");
    if (file == NULL) return false;
    fclose(file);
    return true;
}

static void leave(printer_t *p, const char *name, long value) {
    FILE *file = of(p, name, "w");
    if (file == NULL) return;
    fprintf(file, "%ld", value);
    fclose(file);
}

static void take_away(printer_t *p, const char *name) {
    char path[1280];
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    unlink(path);
}

/* These bytes pass, unless the trouble is due within them. False: the printer is lost in this session. */
static bool passes(printer_t *p, unsigned char *bytes, size_t size) {
    char text[64], kind[32] = "";
    long at = -1;
    if (p->lost || is_there(p, "away")) return false;
    if (is_there(p, "mute")) sleep(FOREVER);
    word(p, "passed", text, sizeof text, "0");
    long before = atol(text);
    leave(p, "passed", before + (long)size);
    word(p, "trouble", text, sizeof text, "");
    if (sscanf(text, "%31s %ld", kind, &at) != 2 || at < before || at >= before + (long)size) return true;
    take_away(p, "trouble");
    if (strcmp(kind, "garble") == 0) { bytes[at - before] ^= WRONG_BIT; return true; }
    if (strcmp(kind, "crash") == 0) abort();
    if (strcmp(kind, "silent") == 0) { leave(p, "mute", 1); sleep(FOREVER); }
    if (strcmp(kind, "unplug") == 0) leave(p, "away", 1);
    p->lost = true; /* a restart too: this session is over, the next one finds it again */
    return false;
}

static bool asks(printer_t *p, unsigned char number) { return passes(p, &number, 1); }

/* A code as it comes back. */
static int answers(printer_t *p, int code) {
    unsigned char byte = (unsigned char)(signed char)code;
    return passes(p, &byte, 1) ? (signed char)byte : GONE;
}

const char *evolis_version(void) { return "0.0.0 simulated"; }

void *evolis_open_with_mode(const char *name, int mode) {
    struct stat found;
    (void)mode;
    if (stat(name, &found) != 0 || !S_ISDIR(found.st_mode)) return NULL;
    printer_t *p = calloc(1, sizeof *p);
    snprintf(p->folder, sizeof p->folder, "%s", name);
    if (asks(p, 1) && answers(p, 0) == 0) return p;
    free(p);
    return NULL;
}

void *evolis_open(const char *name, bool supervised) { (void)supervised; return evolis_open_with_mode(name, 0); }

void evolis_close(void *handle) {
    printer_t *p = handle;
    for (int face = 0; face < FACES; face++) free(p->face[face]);
    free(p);
}

int evolis_get_state(void *handle, int *major, int *minor) {
    char text[64];
    if (!asks(handle, 2)) return GONE;
    word(handle, "state", text, sizeof text, "1 6");
    if (sscanf(text, "%d %d", major, minor) != 2) return -64;
    unsigned char told[2] = {(unsigned char)*major, (unsigned char)*minor};
    if (!passes(handle, told, sizeof told)) return GONE;
    *major = told[0];
    *minor = told[1];
    return 0;
}

int evolis_get_ribbon(void *handle, ribbon_t *ribbon) {
    char text[64];
    if (!asks(handle, 3)) return GONE;
    word(handle, "ribbon", text, sizeof text, "200");
    memset(ribbon, 0, sizeof *ribbon);
    snprintf(ribbon->description, sizeof ribbon->description, "YMCKO");
    ribbon->capacity = 200;
    ribbon->remaining = atoi(text);
    return answers(handle, 0);
}

int evolis_get_info(void *handle, info_t *info) {
    unsigned char flips = !is_there(handle, "one-sided");
    if (!asks(handle, 4) || !passes(handle, &flips, 1)) return GONE;
    memset(info, 0, sizeof *info);
    info->features[0] = flips != 0;
    snprintf(info->model_name, sizeof info->model_name, "SIMULATED");
    snprintf(info->serial, sizeof info->serial, "0001");
    snprintf(info->firmware, sizeof info->firmware, "1.0");
    return 0;
}

int evolis_print_init(void *handle) {
    if (!asks(handle, 5)) return GONE;
    ((printer_t *)handle)->ready = true;
    return answers(handle, 0);
}

int evolis_print_set_imageb(void *handle, int face, const char *data, size_t size) {
    printer_t *p = handle;
    if (face < 0 || face >= FACES || size < 54 || memcmp(data, "BM", 2) != 0) return -20;
    if (!asks(p, 6)) return GONE;
    free(p->face[face]);
    p->face[face] = malloc(size);
    memcpy(p->face[face], data, size);
    p->size[face] = size;
    if (!passes(p, (unsigned char *)p->face[face], size)) { free(p->face[face]); p->face[face] = NULL; return GONE; }
    return answers(p, 0);
}

static void let_go(printer_t *p) {
    char text[64], name[64];
    word(p, "count", text, sizeof text, "0");
    int number = atoi(text) + 1;
    FILE *file = of(p, "count", "w");
    if (file != NULL) { fprintf(file, "%d", number); fclose(file); }
    for (int face = 0; face < FACES; face++) {
        if (p->face[face] == NULL) continue;
        snprintf(name, sizeof name, "card-%d-%s.bmp", number, face ? "back" : "front");
        if ((file = of(p, name, "wb")) != NULL) { fwrite(p->face[face], 1, p->size[face], file); fclose(file); }
    }
}

int evolis_print_exect(void *handle, int timeout) {
    printer_t *p = handle;
    char end[64];
    (void)timeout;
    if (!p->ready || p->face[0] == NULL) return -26;
    if (!asks(p, 7)) return GONE;
    word(p, "end", end, sizeof end, "0");
    if (strncmp(end, "-21", 3) == 0) return -21;
    let_go(p);
    if (strncmp(end, "crash", 5) == 0) abort();
    if (strncmp(end, "hang", 4) == 0) sleep(3600);
    if (strncmp(end, "noise", 5) == 0) { printf("the library says something\n"); fflush(stdout); return 0; }
    return answers(p, atoi(end));
}

int evolis_get_devices(void **devices, int first, int second) {
    (void)first; (void)second;
    *devices = NULL;
    return 0;
}

void evolis_free_devices(void *devices) { (void)devices; }
