;;; Emacs itself, with the settings of docs/editors.md: diagnostics, hover, completion, definition and rename in eglot.
;;;
;;; usage: emacs --batch -l emacs.el, with DOCS, FOLDER and the program's folder first on PATH

(package-initialize)
(require 'eglot)
(require 'cl-lib)
(require 'xref)

(defun check (passes text shown)
  (princ (format "%s Emacs: %s%s\n" (if passes "ok" "FAILED") text (if passes "" (format ": %S" shown)))))

(defun load-settings ()
  (with-temp-buffer
    (insert-file-contents (getenv "DOCS"))
    (re-search-forward "^```elisp\n\\(\\(?:.*\n\\)*?\\)```$")
    (let ((settings (match-string 1)))
      (with-temp-buffer
        (insert settings)
        (eval-buffer)))))

(defun wait-for (what)
  (cl-loop repeat 400
           until (funcall what)
           do (accept-process-output nil 0.05)
           finally return (funcall what)))

(defun ask (method line column &rest more)
  (jsonrpc-request (eglot-current-server) method
                   (append (list :textDocument (list :uri (eglot--path-to-uri buffer-file-name))
                                 :position (list :line line :character column))
                           more)))

(condition-case reason
    (let ((file (expand-file-name "anycloud.yaml" (getenv "FOLDER")))
          (eglot-sync-connect t))
      (load-settings)
      (with-temp-file file
        (insert "profiles:\n  .base:\n    region: us-east-1\n  west:\n    extends: .base\n    vm_type: g6e.xlarge\n"))
      (find-file file)
      (check (eq major-mode 'anycloud-mode) "the file's mode is ours" major-mode)
      (unless (eglot-current-server)
        (apply #'eglot (eglot--guess-contact)))
      (check (eglot-current-server) "eglot starts the server" nil)
      (flymake-mode 1)
      (flymake-start)
      (let ((found (lambda () (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))))
        (wait-for (lambda () (funcall found)))
        (check (cl-some (lambda (text) (string-match-p "vm_type" text)) (funcall found))
               "a mistake is underlined" (funcall found)))
      (let ((hover (ask :textDocument/hover 3 3)))
        (check (string-match-p "from .base, line 3" (format "%S" hover)) "hover shows the resolved profile" hover))
      (let ((place (ask :textDocument/definition 4 14)))
        (check (= 1 (plist-get (plist-get (plist-get (elt place 0) :range) :start) :line))
               "a base leads to its definition" place))
      (goto-char (point-min))
      (forward-line 1)
      (forward-char 4)
      (eglot-rename ".west-base")
      (check (string-match-p "extends: .west-base" (buffer-string)) "a base is renamed everywhere" (buffer-string))
      (goto-char (point-max))
      (insert "    reg")
      (run-hooks 'post-command-hook)
      (eglot--signal-textDocument/didChange)
      (let* ((list (ask :textDocument/completion 6 7))
             (labels (mapcar (lambda (item) (plist-get item :label)) (plist-get list :items))))
        (check (member "region" labels) "a half-typed field is completed" labels))
      (eglot-shutdown (eglot-current-server)))
  (error (princ (format "FAILED Emacs: %S\n" reason))))
