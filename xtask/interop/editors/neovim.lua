-- Neovim itself, with the settings of docs/editors.md: diagnostics, hover, completion, definition, rename and "fix all".
--
-- usage: nvim --headless -u NONE -i NONE -c "luafile neovim.lua", with DOCS, FOLDER and the program's folder first on PATH

local function check(passes, text, shown)
  io.stdout:write((passes and "ok " or "FAILED ") .. "Neovim: " .. text .. (passes and "" or ": " .. vim.inspect(shown)) .. "\n")
end

local function settings()
  local text = table.concat(vim.fn.readfile(os.getenv("DOCS")), "\n")
  local older = text:match("Older versions.-```lua\n(.-)```")
  return assert(loadstring(older), "the settings are Lua")
end

local function run()
  settings()()
  vim.cmd("cd " .. os.getenv("FOLDER"))
  vim.fn.writefile({ "profiles:", "  .base:", "    region: us-east-1", "  west:", "    extends: .base", "    vm_type: g6e.xlarge" }, "anycloud.yaml")
  vim.cmd("edit anycloud.yaml")
  vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
  local found = vim.diagnostic.get(0)
  check(#found == 1 and found[1].code == "AC101" and found[1].lnum == 5, "a mistake is underlined", found)

  local function ask(method, line, column, more)
    local params = vim.tbl_extend("force", {
      textDocument = vim.lsp.util.make_text_document_params(),
      position = { line = line, character = column },
    }, more or {})
    local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
    for _, answer in pairs(answers) do
      return answer.result
    end
  end
  local hover = ask("textDocument/hover", 3, 3)
  check(hover and hover.contents.value:find("from .base, line 3", 1, true), "hover shows the resolved profile", hover)
  local definition = ask("textDocument/definition", 4, 14)
  check(definition and definition[1].range.start.line == 1, "a base leads to its definition", definition)
  local actions = ask("textDocument/codeAction", 0, 0, {
    range = { start = { line = 0, character = 0 }, ["end"] = { line = 6, character = 0 } },
    context = { only = { "source.fixAll" }, diagnostics = {} },
  })
  vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
  check(vim.fn.getline(6) == "    vmType: g6e.xlarge", "everything is fixed at once", vim.fn.getline(1, "$"))
  local edit = ask("textDocument/rename", 1, 4, { newName = ".west-base" })
  vim.lsp.util.apply_workspace_edit(edit, "utf-16")
  check(vim.fn.getline(5) == "    extends: .west-base", "a base is renamed everywhere", vim.fn.getline(1, "$"))
  vim.fn.append(6, "    reg")
  vim.cmd("redraw")
  local list = ask("textDocument/completion", 6, 7)
  local labels = vim.tbl_map(function(item) return item.label end, list and list.items or {})
  check(vim.tbl_contains(labels, "region"), "a half-typed field is completed", labels)
  vim.fn.setline(7, "    region: us-east-1")
  local codes = {}
  vim.wait(20000, function()
    codes = vim.tbl_map(function(item) return item.code end, vim.diagnostic.get(0))
    return vim.deep_equal(codes, { "AC203" })
  end, 20)
  check(vim.deep_equal(codes, { "AC203" }), "what is typed is checked again", codes)
end

local ok, reason = pcall(run)
if not ok then
  io.stdout:write("FAILED Neovim: " .. tostring(reason) .. "\n")
end
vim.cmd("qall!")
