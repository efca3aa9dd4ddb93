"""A manifest breaks a rule of your own team.

`houseRules` in the settings names JSON Schemas that are laid over those of the manifests: "images only from our
registry", "every service has a label". A schema can be for one kind of manifest, and may refer to other files with
`$ref`. What the message says stands in the schema: in `errorMessage` (a text, or an object with a text for each
keyword), or in its `title`. Values with a shell variable, a mesh variable or a secret in them are not judged.

In `.scone-ls.toml`:

```toml
[[houseRules]]
path = "images.json"
kind = "genservice"
```

In `images.json`:

```json
{
  "properties": {
    "build": {
      "properties": {
        "to": {
          "pattern": "^shop[.]example[.]com/",
          "errorMessage": "images go to `shop.example.com`"
        }
      }
    }
  }
}
```

## Example

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: example.org/guestbook:1
#     ^^^^^^^^^^^^^^^^^^^^^^^ house-rule: images go to `shop.example.com`
  command: python3 guestbook.py
environment:
```

Use instead:

```yaml
apiVersion: scone/5.8
kind: genservice
build:
  name: guestbook
  kind: python
  to: shop.example.com/guestbook:1
  command: python3 guestbook.py
environment:
```
"""

from scone_ls.rules.rule import Group, Rule, Severity

RULE = Rule("house-rule", Severity.WARNING, "0.1.0", Group.VALUES)
