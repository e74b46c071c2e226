"""What is wrong with which field, as JSON pointers and sentences in both languages."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from shared.kernel.texts import Language

CHINESE = {
    "missing": "必填字段缺失",
    "extra_forbidden": "未知字段",
    "string_type": "应为字符串",
    "string_too_long": "最多 {max_length} 个字符",
    "string_too_short": "至少 {min_length} 个字符",
    "string_pattern_mismatch": "格式应符合 {pattern}",
    "string_unicode": "应为有效的 Unicode 文本",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "int_parsing_size": "数值过大",
    "finite_number": "应为有限的数值",
    "bool_type": "应为布尔值",
    "bool_parsing": "应为布尔值",
    "list_type": "应为数组",
    "too_long": "最多 {max_length} 项",
    "too_short": "至少 {min_length} 项",
    "dict_type": "应为对象",
    "model_attributes_type": "应为 JSON 对象",
    "model_type": "应为 JSON 对象",
    "literal_error": "应为 {expected} 之一",
    "enum": "应为 {expected} 之一",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "datetime_parsing": "应为 RFC 3339 时间",
    "value_error": "值无效",
    "repeated": "该参数只能出现一次",
    "nothing_to_change": "至少填写一个要修改的字段",
}


def field_errors(faults: list[dict[str, Any]], language: Language) -> list[dict[str, str]]:
    """One object per fault: `pointer` into the body or `parameter`, a stable `code`, and a sentence."""
    return [_field_error(fault, language) for fault in faults]


def _field_error(fault: Mapping[str, Any], language: Language) -> dict[str, str]:
    where, *path = fault["loc"]
    place = (
        {"pointer": "".join(f"/{_escaped(part)}" for part in path)}
        if where == "body"
        else {"parameter": ".".join(str(part) for part in path)}
    )
    return {**place, "code": fault["type"], "detail": _sentence(fault, language)}


def _escaped(part: object) -> str:
    # RFC 6901, section 3.
    return str(part).replace("~", "~0").replace("/", "~1")


def _sentence(fault: Mapping[str, Any], language: Language) -> str:
    if language != "zh":
        return str(fault["msg"])
    pattern = CHINESE.get(fault["type"], "内容不符合要求")
    return pattern.format_map(defaultdict(str, fault.get("ctx") or {}))
