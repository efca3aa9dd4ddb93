;;; scone-ls-lsp-mode.el --- SCONE manifests through lsp-mode  -*- lexical-binding: t -*-

;;; Commentary:
;; Load it from your init file, or copy its lines there.  `scone-ls' has to be on PATH.
;; YAML buffers need `yaml-mode' or `yaml-ts-mode'; in YAML that is no manifest the server is silent.

;;; Code:

(require 'lsp-mode)

(add-to-list 'lsp-language-id-configuration '(yaml-mode . "yaml"))
(add-to-list 'lsp-language-id-configuration '(yaml-ts-mode . "yaml"))

(lsp-register-client
 (make-lsp-client
  :new-connection (lsp-stdio-connection '("scone-ls" "serve"))
  :major-modes '(yaml-mode yaml-ts-mode)
  :add-on? t ; a server for YAML in general may run beside it
  :server-id 'scone-ls))

(add-hook 'yaml-mode-hook #'lsp-deferred)
(add-hook 'yaml-ts-mode-hook #'lsp-deferred)

;; Templates of manifests are YAML for the server.
(add-to-list 'auto-mode-alist
             `("\\.ya?ml\\.template\\'" . ,(if (fboundp 'yaml-mode) 'yaml-mode 'yaml-ts-mode)))

(defun scone-ls-build (&optional force)
  "Build the manifest of this buffer; with FORCE also when something speaks against it."
  (interactive "P")
  (lsp-request-async
   "workspace/executeCommand"
   (list :command "scone-ls.build"
         :arguments (vector (lsp--buffer-uri) (if force '(:force t) '(:force :json-false))))
   #'ignore))

(provide 'scone-ls-lsp-mode)
;;; scone-ls-lsp-mode.el ends here
