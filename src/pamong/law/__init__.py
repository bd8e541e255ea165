"""The law: cited parameters, and formulas over them. No Django here.

`pamong.law.engine` holds the machinery; `parameters/`, `profiles/` and `registry.yaml` hold what regulations
say; the modules beside this file hold how a month is worked out from them.
"""
