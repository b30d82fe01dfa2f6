"""The words of the frame around what the rule base says: all of them, and nothing else."""

from __future__ import annotations

LABELS = {
    "start": "Start",
    "go_on": "Continue",
    "back": "Back",
    "change": "Change",
    "again": "Start again",
    "unsure": "I am not sure",
    "why": "Why we ask",
    "question": "Question {number}",
    "last": "{number}, the last one",
    "more": "{number}, at most {more} more",
    "error": "There is a problem",
    "nothing": "Pick an answer. If you cannot tell, pick “I am not sure”.",
    "no_number": "Write {expected}. If you cannot tell, pick “I am not sure”.",
    "either": "Give a number or pick “I am not sure”, not both.",
    "check": "Check your answers",
    "counts": "What counts most in your answers",
    "right": "Is that right? What comes next rests on it.",
    "all": "All your answers",
    "aside": "Set aside, for they no longer matter",
    "yes": "Yes, that is right",
    "show": "Show what they come to",
    "enough": "No more questions",
    "slip": "Was that a slip?",
    "mend": "Change your answers",
    "exercise": "Check one exercise",
    "which": "Which exercise?",
    "look": "Check it",
    "whole": "See the whole plan",
    "calendar": "Put it in your calendar (.ics)",
    "unusable": "This page cannot go on",
    "intro": (
        "A few questions, one at a time. Your answers stay in this page: nothing is kept, and when "
        "you close it they are gone."
    ),
}
