"""The scripts' translations as WordPress reads them: languages/khulasa-ar-MD5-of-the-path.json."""

import gettext
import json
import re
from hashlib import md5
from pathlib import Path

LANGUAGES = Path("languages")
CALL = re.compile(r"\b(?:__|_n)\(\s*'((?:[^'\\]|\\.)*)'")


def main() -> None:
    """Write one file a script."""
    with (LANGUAGES / "khulasa-ar.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    for script in sorted(Path("assets").glob("*.js")):
        texts = dict.fromkeys(CALL.findall(script.read_text("utf-8")))
        messages = {text: [catalogue.gettext(text)] for text in texts}
        head = {"domain": "messages", "lang": "ar", "plural-forms": "nplurals=6; plural=0;"}
        data = {"domain": "messages", "locale_data": {"messages": {"": head, **messages}}}
        name = f"khulasa-ar-{md5(script.as_posix().encode()).hexdigest()}.json"
        if messages:
            text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
            (LANGUAGES / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
