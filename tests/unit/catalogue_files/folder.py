"""A small, right catalogue folder that tests spoil in one place."""

from __future__ import annotations

from pathlib import Path

CATEGORIES = """\
[[categories]]
code = "06"
name = "计划生育"
name_en = "Family planning"
hint = "手册"
hint_en = "handbook"
initials = "jhsy"
lines = ["政策宣传"]
source_text = "6、计划生育 政策宣传"

[[groups]]
code = "enterprise"
name = "企业登记"
name_en = "Business"
hint = "执照"
hint_en = "licences"
initials = "qydj"
"""
BODIES = '[[bodies]]\ncode = "population"\nname = "人口计生"\nname_en = "Population"\n'
PHRASES = '[[phrases]]\nmaterial_type = 1\nreasons = ["缺页"]\n'
ITEM = """\
code = "0603"
version = 1
name = "婚育证明办理"
category = "06"
department = "population"
line = "A"
effective_from = 2012-01-01
item_kind = 2
level = 5
channels = [1]
applicants = ["person"]
initials = ["hyzmbl"]
promised_limit = { amount = 3, unit = "working_days" }
legal_limit = { amount = 20, unit = "working_days" }
competence = { rule = "none", text = "不限" }
source = "试验"
pending_check = ["effective_from"]

[[legal_basis]]
name = "条例"
article = "待核"

[[questions]]
code = "married"
text = "是否已婚？"
kind = "yes_no"
options = [{ code = "yes", text = "是", reads = "已婚" }, { code = "no", text = "否", reads = "未婚" }]

[[questions]]
code = "arrived"
text = "何时到达？"
kind = "date"
asked_if = { question = "married", is = "yes" }

[[materials]]
code = "letter"
name = "证明信"
purpose = "证明"
content = "情况"
requirement = "盖章"
size = "A4"
originals = 1
copies = 0
handling = "use"
source = "其他"
is_need = 1
material_type = 1

[[materials]]
code = "marriage_cert"
name = "结婚证"
purpose = "核对"
content = "姓名"
requirement = "原件"
size = "A4"
originals = 1
copies = 1
handling = "confirm"
source = "政府部门核发"
issuer = "婚姻登记机关"
is_need = 1
material_type = 1
satisfied_by = ["0603"]
when = { question = "married", is = "yes" }

[[effects]]
when = { question = "arrived", older_than = { setting = "floating.verify_days", days = 3 } }
note = "迟"

[[results]]
code = "cert"
name = "婚育证明"
kind = "certificate"
issuer = "街道办事处"
"""
SECOND = """
[[effects]]
when = { question = "married", is = "no" }
prerequisites = [{ item = "0604", text = "先办" }]
"""


def second_item(text: str = ITEM) -> str:
    """Another item, `0604`, from the text of the first."""
    return text.replace('code = "0603"', 'code = "0604"', 1)


def write_folder(folder: Path, item: str | bytes = ITEM, **others: str | bytes) -> Path:
    """A folder with `items/0603-v1.toml`; `others` give further files, `__` standing for `/`."""
    files: dict[str, str | bytes] = {
        "categories": CATEGORIES,
        "bodies": BODIES,
        "phrases": PHRASES,
        "items/0603-v1": item,
        **{name.replace("__", "/").replace("_v", "-v"): content for name, content in others.items()},
    }
    (folder / "items").mkdir(parents=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / f"{name}.toml").write_bytes(data)
    return folder
