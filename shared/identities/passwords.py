"""Which passwords are refused before they are hashed."""

from shared.identities.errors import WeakPassword

MIN_LENGTH = 10
MAX_LENGTH = 128

# The passwords of 10 characters and more that are tried first; NIST SP 800-63B, 5.1.1.2 asks for such a list.
COMMON = frozenset(
    {
        "1234567890",
        "0123456789",
        "0987654321",
        "1111111111",
        "0000000000",
        "1234567891",
        "12345678910",
        "123456789a",
        "a123456789",
        "123456789q",
        "1q2w3e4r5t",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "q1w2e3r4t5",
        "qwertyuiop",
        "asdfghjkl1",
        "qwerty12345",
        "qwerty123456",
        "password12",
        "password123",
        "password1234",
        "passw0rd123",
        "password01",
        "password!1",
        "p@ssw0rd123",
        "iloveyou12",
        "iloveyou123",
        "admin12345",
        "admin123456",
        "administrator",
        "welcome123",
        "welcome1234",
        "letmein123",
        "changeme123",
        "5201314520",
        "woaini1314",
        "woaini5201314",
        "woaini123456",
        "aa12345678",
        "abc1234567",
        "abcd123456",
        "abcdefghij",
        "zxcvbnm123",
        "asd123456789",
        "qq123456789",
        "147258369a",
        "1472583690",
        "customer123",
    }
)


def check_password(password: str, email: str) -> None:
    """WeakPassword unless it has a fair length and is neither common, nor the address, nor one character repeated."""
    folded = password.lower()
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise WeakPassword
    if folded in COMMON or folded == email.lower() or len(set(password)) == 1:
        raise WeakPassword
