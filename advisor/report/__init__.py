"""Plain documents → blocks → text or Markdown.

What a report says is in the modules named after their subject, as blocks (`blocks.py`); how it
looks is in `layout.py` and `markdown.py`. A plan is a page (`page.py`), or all of it (`plan.py`).
The words here are about plans and exercises in general: what is known of any one exercise or
symptom comes from the rule base.
"""
