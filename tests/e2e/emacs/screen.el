;;; screen.el --- Emacs with eglot, as a user has it  -*- lexical-binding: t -*-

;;; Code:

(setq native-comp-async-report-warnings-errors nil) ; the packages of others
(package-initialize)
(menu-bar-mode -1)
(load-theme 'wombat t)
(with-eval-after-load 'flymake
  (define-key flymake-mode-map (kbd "M-n") #'flymake-goto-next-error))
(setq create-lockfiles nil)
(load (expand-file-name "emacs/scone-ls-eglot" (getenv "SCONE_LS_EDITORS")) nil t)

;;; screen.el ends here
