"""The one error that users see: a plain sentence, without a stack trace."""


class Problem(Exception):
    """Something the user can put right. The message says what was found and what to do."""

    def __init__(self, message, status=1):
        super().__init__(message)
        self.status = status
