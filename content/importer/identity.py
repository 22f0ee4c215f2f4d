"""Ids of documents, which are also the names of their folders on every system."""

import hashlib
import re

from content.folding import fold
from content.importer.title import NUMBER_LINE
from content.model import Front

_REGIONS = {
    "北京": "beijing", "天津": "tianjin", "上海": "shanghai", "重庆": "chongqing", "河北": "hebei",
    "山西": "shanxi", "内蒙古": "neimenggu", "辽宁": "liaoning", "吉林": "jilin", "黑龙江": "heilongjiang",
    "江苏": "jiangsu", "浙江": "zhejiang", "安徽": "anhui", "福建": "fujian", "江西": "jiangxi",
    "山东": "shandong", "河南": "henan", "湖北": "hubei", "湖南": "hunan", "广东": "guangdong",
    "广西": "guangxi", "海南": "hainan", "四川": "sichuan", "贵州": "guizhou", "云南": "yunnan",
    "西藏": "xizang", "陕西": "shaanxi", "甘肃": "gansu", "青海": "qinghai", "宁夏": "ningxia",
    "新疆": "xinjiang", "香港": "xianggang", "澳门": "aomen", "台湾": "taiwan",
}  # fmt: skip
_SYLLABLES = {
    "国": "guo", "发": "fa", "办": "ban", "函": "han", "中": "zhong", "令": "ling", "明": "ming",
    "电": "dian", "府": "fu", "政": "zheng", "规": "gui", "字": "zi", "委": "wei", "厅": "ting",
    "人": "ren", "京": "jing", "津": "jin", "沪": "hu", "渝": "yu", "冀": "ji", "晋": "jin",
    "蒙": "meng", "内": "nei", "辽": "liao", "吉": "ji", "黑": "hei", "苏": "su", "浙": "zhe",
    "皖": "wan", "闽": "min", "赣": "gan", "鲁": "lu", "豫": "yu", "鄂": "e", "湘": "xiang",
    "粤": "yue", "桂": "gui", "琼": "qiong", "川": "chuan", "贵": "gui", "黔": "qian", "云": "yun",
    "滇": "dian", "藏": "zang", "陕": "shan", "甘": "gan", "青": "qing", "宁": "ning", "新": "xin",
    "经": "jing", "信": "xin", "财": "cai", "税": "shui", "商": "shang", "法": "fa", "改": "gai",
    "科": "ke", "教": "jiao",
}  # fmt: skip
"""How the characters of a 文号 are spelt."""
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
_LONGEST = 60


def document_id(front: Front, outer_title: str, stem: str, text: str) -> str:
    """An id: from the 文号 (guofa-2019-5), else region and year (shanghai-2023), else from the file's name.

    Without any of these it is made from the text itself, so that the same text always has the same id.
    """
    return (
        _from_number(front.number)
        or _from_region(front, outer_title)
        or safe_name(stem)
        or f"policy-{hashlib.sha256(fold(text).encode()).hexdigest()[:8]}"
    )


def safe_name(name: str) -> str:
    """A name as a folder's name on Windows, Linux and macOS; empty if no letter or digit is left."""
    safe = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST].strip("-")
    return f"policy-{safe}" if safe in _RESERVED else safe


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a folder's name for a device, or drops its end."""
    return name.partition(".")[0].lower() in _RESERVED or name.endswith(".")


def _from_number(number: str) -> str:
    match = NUMBER_LINE.fullmatch(number)
    if not match or not all(character in _SYLLABLES for character in match.group(1)):
        return ""
    word = "".join(_SYLLABLES[character] for character in match.group(1))
    return f"{word}-{match.group(2)}-{match.group(3)}"


def _from_region(front: Front, outer_title: str) -> str:
    year = (front.issued or front.printed)[:4]
    for name, region in _REGIONS.items():
        if year and any(text.startswith(name) for text in (front.issuer, front.title, outer_title)):
            return f"{region}-{year}"
    return ""
