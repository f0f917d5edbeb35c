"""What a test does to a page before it looks: wait until it has settled, unfold what is folded."""

# What follows the size of the window, or the scheme, has followed after two frames; what fades in
# is there.
SETTLED = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  document.getAnimations().forEach((animation) => animation.finish());
  setTimeout(done);
})))"""
FOLDS = "document.querySelectorAll('article details:not(.page-box)')"
UNFOLD = f"{FOLDS}.forEach((fold) => {{ fold.open = true }})"
FOLD = f"{FOLDS}.forEach((fold) => {{ fold.open = false }})"
