;;; scone-ls-eglot.el --- SCONE manifests through eglot  -*- lexical-binding: t -*-

;;; Commentary:
;; Load it from your init file, or copy its lines there.  `scone-ls' has to be on PATH.
;; YAML buffers need `yaml-mode' or `yaml-ts-mode'; in YAML that is no manifest the server is silent.

;;; Code:

(with-eval-after-load 'eglot
  (dolist (mode '(yaml-mode yaml-ts-mode))
    (add-to-list 'eglot-server-programs `(,mode . ("scone-ls" "serve")))))

(add-hook 'yaml-mode-hook #'eglot-ensure)
(add-hook 'yaml-ts-mode-hook #'eglot-ensure)

;; Templates of manifests are YAML for the server.
(add-to-list 'auto-mode-alist
             `("\\.ya?ml\\.template\\'" . ,(if (fboundp 'yaml-mode) 'yaml-mode 'yaml-ts-mode)))

(defun scone-ls-build (&optional force)
  "Build the manifest of this buffer; with FORCE also when something speaks against it."
  (interactive "P")
  (jsonrpc-async-request
   (eglot-current-server) :workspace/executeCommand
   (list :command "scone-ls.build"
         :arguments (vector (eglot--path-to-uri (buffer-file-name)) (if force '(:force t) '(:force :json-false))))
   :success-fn #'ignore :timeout nil))

(provide 'scone-ls-eglot)
;;; scone-ls-eglot.el ends here
