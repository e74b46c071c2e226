"""The demonstration's tickets, each with a history worth looking at."""

from typing import Any

TICKETS: list[dict[str, Any]] = [
    {
        "by": "wang@example.com",
        "subject": "技术支持请求",
        "description": "系统无法正常启动",
        "category": "technical",
        "steps": [],
    },
    {
        "by": "john@example.com",
        "subject": "Where is my parcel?",
        "category": "shipping",
        "description": "How long does delivery take? I ordered last week.",
        "steps": [],
    },
    {
        "by": "wang@example.com",
        "subject": "申请退款",
        "description": "收到的商品有破损，我要找人工客服处理退款。",
        "category": "billing",
        "steps": [
            ("agent.lin@example.com", "claim", None),
            ("agent.lin@example.com", "reply", "您好，很抱歉商品破损。请提供订单号和照片，我马上为您处理。"),
            ("wang@example.com", "say", "订单号 A20260418，照片稍后补充。"),
            ("agent.lin@example.com", "note", "客户情绪平稳，等照片。"),
            ("agent.lin@example.com", "pending", "等待客户补充照片"),
        ],
    },
    {
        "by": "john@example.com",
        "subject": "Cannot log in",
        "category": "account",
        "description": "I want to talk to a person, my account seems to be locked.",
        "steps": [
            ("agent.kim@example.com", "claim", None),
            (
                "agent.kim@example.com",
                "reply",
                "I have looked at your account: it is open again. Please try once more.",
            ),
            ("john@example.com", "say", "It works now, thank you!"),
            ("agent.kim@example.com", "resolved", "customer confirmed"),
        ],
    },
]
