"""The 56 nations and two further codes of GB/T 3304, as cards carry them.

Names are Chinese data, not translated text: papers and forms write them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_TABLE: Final = (
    "01汉 02蒙古 03回 04藏 05维吾尔 06苗 07彝 08壮 09布依 10朝鲜 11满 12侗 13瑶 14白 15土家 16哈尼 17哈萨克 "
    "18傣 19黎 20傈僳 21佤 22畲 23高山 24拉祜 25水 26东乡 27纳西 28景颇 29柯尔克孜 30土 31达斡尔 32仫佬 33羌 "
    "34布朗 35撒拉 36毛南 37仡佬 38锡伯 39阿昌 40普米 41塔吉克 42怒 43乌孜别克 44俄罗斯 45鄂温克 46德昂 "
    "47保安 48裕固 49京 50塔塔尔 51独龙 52鄂伦春 53赫哲 54门巴 55珞巴 56基诺 97其他 98外国血统中国籍人士"
)

NATIONS: Final[Mapping[str, str]] = MappingProxyType(dict(re.findall(r"(\d\d)(\S+)", _TABLE)))


@dataclass(frozen=True, slots=True)
class Nation:
    """A nation by its code. `name` is empty for a code that GB/T 3304 does not have."""

    code: str
    name: str

    @property
    def is_known(self) -> bool:
        return bool(self.name)

    @property
    def shown(self) -> str:
        """`维吾尔族`, `其他`; an unknown code is shown as such; empty where there is none."""
        if not self.name:
            return self.code
        return self.name + "族" if self.code < "97" else self.name


NO_NATION: Final = Nation("", "")


def nation(code: str) -> Nation:
    """The nation of a two-character code; unknown codes keep their code and have no name."""
    return Nation(code, NATIONS.get(code, ""))
