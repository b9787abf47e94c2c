"""What is said of a campaign under way: weekly notice, review report or final summary, workbook, screen."""

from workbench.views.review.files import review_folder, write_review
from workbench.views.review.screen import review_files_screen, review_screen

__all__ = ["review_files_screen", "review_folder", "review_screen", "write_review"]
