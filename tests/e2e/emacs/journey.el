;;; journey.el --- The journey through Emacs  -*- lexical-binding: t -*-

;;; Commentary:
;; What a user of either client does: a misspelt key, its diagnostic, hover, completion, quick fix, the outline, a rename
;; across files, a template, a build that fails.  `eglot.el' and `lsp-mode.el' say how their client does it; all that Emacs itself
;; does for every client (Flymake, completion at point, xref, imenu) is asked here.
;; Ends Emacs with 0 when all went well, else with 1 and the reason.

;;; Code:

(require 'cl-lib)
(require 'flymake)
(require 'imenu)
(require 'xref)

(defconst journey-patience 30 "Seconds; a wait ends as soon as what is waited for is there.")

(defconst journey-project default-directory "The folder that Emacs was started in.")

(defun journey-say (format &rest arguments)
  "Print a line made of FORMAT and ARGUMENTS."
  (princ (concat (apply #'format format arguments) "\n")))

(defun journey-wait-for (what condition)
  "Wait until CONDITION returns something other than nil, and return that; WHAT is for the reader."
  (let ((end (+ (float-time) journey-patience))
        seen)
    (while (and (not (setq seen (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.02)
      (sit-for 0.01))
    (or seen (error "Waited in vain for %s" what))))

(defun journey-expect (what condition seen)
  "Fail unless CONDITION holds; WHAT says what should be so, SEEN what there was instead."
  (unless condition
    (error "%s; seen: %S" what seen))
  (journey-say "  ok: %s" what))

(defun journey-text (&optional buffer)
  "Return the whole text of BUFFER, else of the current one."
  (with-current-buffer (or buffer (current-buffer))
    (save-restriction
      (widen)
      (buffer-substring-no-properties (point-min) (point-max)))))

(defun journey-line ()
  "Return the text of the current line."
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defun journey-go-to (pattern word)
  "Put point on the first letter of WORD in the first line that matches PATTERN."
  (goto-char (point-min))
  (re-search-forward pattern)
  (goto-char (match-beginning 0))
  (search-forward word)
  (goto-char (match-beginning 0)))

(defun journey-diagnostics ()
  "Return the diagnostics of the current buffer, in their order."
  (client-send-changes)
  (flymake-start)
  (accept-process-output nil 0.02)
  (sort (flymake-diagnostics) (lambda (one other) (< (flymake-diagnostic-beg one) (flymake-diagnostic-beg other)))))

(defun journey-word-under (diagnostic)
  "Return the text that DIAGNOSTIC stands under."
  (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic)))

(defun journey-open (file)
  "Open FILE of the project as a user does, and return its buffer once the server has it."
  (find-file (expand-file-name file journey-project))
  (run-hooks 'post-command-hook) ; In batch mode there is no command loop that would do it.
  (journey-wait-for "the server" #'client-attached-p)
  (current-buffer))

(defun journey-diagnostic-under-the-word ()
  "A misspelt key has one diagnostic, at its place."
  (journey-wait-for "a diagnostic" #'journey-diagnostics)
  (let ((found (journey-diagnostics)))
    (journey-expect "one diagnostic" (= 1 (length found)) (mapcar #'flymake-diagnostic-text found))
    (journey-expect "it stands under the misspelt word" (equal "comand" (journey-word-under (car found)))
                    (journey-word-under (car found)))
    (journey-expect "it knows the way out"
                    (string-match-p "did you mean `command`" (flymake-diagnostic-text (car found)))
                    (flymake-diagnostic-text (car found)))))

(defun journey-hover ()
  "Hover explains a key."
  (journey-go-to "^kind:" "kind")
  (let ((shown (client-hover)))
    (journey-expect "the hover explains the key" (string-match-p "genservice" shown) shown)))

(defun journey-completion ()
  "A key that is begun is completed where it stands."
  (journey-go-to "^  name:" "name")
  (end-of-line)
  (insert "\n  fro")
  (completion-at-point)
  (journey-expect "the key that was begun is completed" (string-match-p "^  from" (journey-line)) (journey-line))
  (delete-region (line-beginning-position) (1+ (line-end-position)))
  (journey-wait-for "the text as it was" (lambda () (= 1 (length (journey-diagnostics))))))

(defun journey-outline ()
  "The outline has what the manifest declares."
  (let ((index (format "%S" (let ((imenu-auto-rescan t)) (imenu--make-index-alist t)))))
    (journey-expect "the outline has the secrets and the variables"
                    (and (string-match-p "admin_token" index) (string-match-p "GUESTBOOK_PORT" index))
                    index)))

(defun journey-quick-fix ()
  "The quick fix mends the word, and the diagnostic goes."
  (journey-go-to "^  comand:" "comand")
  (client-quick-fix)
  (journey-wait-for "the fixed word" (lambda () (string-match-p "^  command: " (journey-text))))
  (journey-say "  ok: the quick fix mends the word")
  (journey-wait-for "the diagnostic to go" (lambda () (null (journey-diagnostics))))
  (journey-say "  ok: and the diagnostic goes"))

(defun journey-rename ()
  "A secret is followed to the file that declares it, and renamed in both."
  (let ((store (journey-open "certificates/store.yaml")))
    (journey-go-to "^    - parcels_ca$" "parcels_ca")
    (call-interactively #'xref-find-definitions)
    (journey-expect "the declaration is found in the other file"
                    (and (string-suffix-p "gateway.yaml" (buffer-file-name)) (string-match-p "- name: parcels_ca" (journey-line)))
                    (list (buffer-file-name) (journey-line)))
    (run-hooks 'post-command-hook)
    (journey-wait-for "the server in the other file" #'client-attached-p)
    (journey-go-to "^    - name: parcels_ca$" "parcels_ca")
    (client-rename "authority")
    (journey-wait-for "the new name in the first file"
                      (lambda () (string-match-p "- authority\n\\(?:.*\n\\)*.*issuer: authority" (journey-text store))))
    (journey-expect "no use of the old name is left" (not (string-match-p "parcels_ca[^_-]" (journey-text))) (journey-text))
    (journey-expect "its uses have the new one" (string-match-p "issuer: authority" (journey-text)) (journey-text))))

(defun journey-template ()
  "A template of a manifest is looked after as well."
  (journey-open "templates/service.yaml.template")
  (let ((found (journey-wait-for "a diagnostic in a template" #'journey-diagnostics)))
    (journey-expect "a template has its diagnostic" (equal '("comand") (mapcar #'journey-word-under found))
                    (mapcar #'flymake-diagnostic-text found))))

(defun journey-build ()
  "A build that fails says so under the word that it is about, until that word is edited."
  (journey-open "shop/failing.yaml")
  (client-build)
  (let ((failure (car (journey-wait-for "the failure" #'journey-diagnostics))))
    (journey-expect "a failing build is told under its word"
                    (equal "registry.example.com/shop:1" (journey-word-under failure))
                    (flymake-diagnostic-text failure))
    (goto-char (flymake-diagnostic-end failure))
    (insert "2")
    (journey-wait-for "the failure to go" (lambda () (null (journey-diagnostics))))
    (journey-say "  ok: and goes when the word is edited")))

(defun journey ()
  "Go through everything in the current folder, and end Emacs."
  (setq xref-prompt-for-identifier nil
        create-lockfiles nil
        make-backup-files nil)
  (let ((code 0))
    (condition-case reason
        (progn
          (journey-open "manifest/manifest.yaml")
          (journey-diagnostic-under-the-word)
          (journey-hover)
          (journey-completion)
          (journey-outline)
          (journey-quick-fix)
          (journey-rename)
          (journey-template)
          (journey-build)
          (client-end)
          (journey-say "  ok: the server ends when asked to"))
      (error
       (setq code 1)
       (journey-say "  FAILED: %s" (error-message-string reason))))
    (dolist (buffer (buffer-list))
      (with-current-buffer buffer
        (set-buffer-modified-p nil)))
    (kill-emacs code)))

(provide 'journey)
;;; journey.el ends here
