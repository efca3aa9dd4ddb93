;;; eglot.el --- The journey through Emacs with eglot  -*- lexical-binding: t -*-

;;; Commentary:
;; Run by tests/e2e/terminals, which puts `scone-ls' on PATH and names the folder of our configurations.

;;; Code:

(package-initialize)
(require 'eglot)
(load (expand-file-name "emacs/scone-ls-eglot" (getenv "SCONE_LS_EDITORS")) nil t)
(load (expand-file-name "journey" (file-name-directory load-file-name)) nil t)

(setq eglot-autoshutdown nil
      eglot-sync-connect 30
      eglot-confirm-server-initiated-edits nil) ; nobody is there to be asked

(defun client-attached-p ()
  "Return whether the server has this buffer."
  (eglot-managed-p))

(defun client-send-changes ()
  "Send what was typed, which else happens when Emacs is idle; in batch mode it never is."
  (eglot--signal-textDocument/didChange))

(defun client-hover ()
  "Return what eldoc shows at point."
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown (or text "nothing"))))
    (journey-wait-for "the hover" (lambda () shown))))

(defun client-quick-fix ()
  "Apply the quick fix at point."
  (let ((actions (eglot-code-actions (point) (point) "quickfix"))) ; with one of them nobody is asked which
    (eglot--read-execute-code-action
     (list (cl-find-if (lambda (action) (string-match-p "`command`" (plist-get action :title))) actions))
     (eglot-current-server) "quickfix")))

(defun client-rename (name)
  "Give what is at point the NAME everywhere."
  (eglot-rename name))

(defun client-build ()
  "Build the manifest, whatever speaks against it here."
  (scone-ls-build t))

(defun client-end ()
  "End the server, and wait until it has ended."
  (let ((server (eglot-current-server)))
    (eglot-shutdown server)
    (journey-wait-for "the server to end" (lambda () (not (jsonrpc-running-p server))))))

(journey-say "Emacs %s with eglot" emacs-version)
(journey)

;;; eglot.el ends here
