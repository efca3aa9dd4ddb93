;;; lsp-mode.el --- The journey through Emacs with lsp-mode  -*- lexical-binding: t -*-

;;; Commentary:
;; Run by tests/e2e/terminals, which puts `scone-ls' on PATH and names the folder of our configurations.

;;; Code:

(package-initialize)
(setq lsp-session-file (expand-file-name "lsp-session" (getenv "HOME"))
      lsp-auto-guess-root t ; nobody is there to be asked
      lsp-restart 'ignore
      lsp-diagnostics-provider :flymake
      lsp-idle-delay 0.05
      lsp-enable-file-watchers nil
      lsp-enable-suggest-server-download nil)
(require 'lsp-mode)
(load (expand-file-name "emacs/scone-ls-lsp-mode" (getenv "SCONE_LS_EDITORS")) nil t)
(load (expand-file-name "journey" (file-name-directory load-file-name)) nil t)

(defun client-attached-p ()
  "Return whether the server has this buffer."
  (unless (bound-and-true-p lsp-managed-mode)
    (lsp)) ; `lsp-deferred' waits for the buffer to be shown, which batch mode never does.
  (let ((workspace (car (lsp-workspaces))))
    (and workspace (eq 'initialized (lsp--workspace-status workspace)))))

(defun client-send-changes ()
  "Do nothing: what is typed is sent at once.")

(defun client-hover ()
  "Return what is shown in the help window for what is at point."
  (lsp-describe-thing-at-point)
  (journey-text "*lsp-help*"))

(defun client-quick-fix ()
  "Apply the quick fix at point."
  (lsp-execute-code-action
   (journey-wait-for "the quick fix"
                     (lambda ()
                       (cl-find-if (lambda (action) (string-match-p "`command`" (gethash "title" action)))
                                   (lsp-code-actions-at-point "quickfix"))))))

(defun client-rename (name)
  "Give what is at point the NAME everywhere."
  (lsp-rename name))

(defun client-build ()
  "Build the manifest, whatever speaks against it here."
  (scone-ls-build t))

(defun client-end ()
  "End the server, and wait until it has ended."
  (let ((workspace (car (lsp-workspaces))))
    (lsp-workspace-shutdown workspace)
    (journey-wait-for "the server to end" (lambda () (not (process-live-p (lsp--workspace-cmd-proc workspace)))))))

(journey-say "Emacs %s with lsp-mode" emacs-version)
(journey)

;;; lsp-mode.el ends here
