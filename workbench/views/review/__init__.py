"""What is said of a campaign under way: weekly notice, review report or final summary, workbook, screen."""

from workbench.views.review import sentences, tables
from workbench.views.review.assumptions import assumption_sentences, assumptions_table
from workbench.views.review.documents import cards
from workbench.views.review.files import report_name, review_folder, write_review
from workbench.views.review.screen import review_files_screen, review_screen

__all__ = [
    "assumption_sentences",
    "assumptions_table",
    "cards",
    "report_name",
    "review_files_screen",
    "review_folder",
    "review_screen",
    "sentences",
    "tables",
    "write_review",
]
