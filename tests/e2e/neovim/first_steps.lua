-- Drives Neovim (0.7 and later) as a user would: opens a manifest with a misspelt key, reads the diagnostic, hovers,
-- completes, applies the quick fix. Run by tests/e2e/run, which puts `scone-ls` on PATH and our configuration in place;
-- ends with 0 when all went well, else with 1 and the reason.

local editor = dofile(vim.env.SCONE_LS_E2E .. "/editor.lua")
local say, wait_for, expect, line, number_of = editor.say, editor.wait_for, editor.expect, editor.line, editor.number_of

local function hover_window_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
    end
  end
end

local function diagnostic_under_the_word(buffer)
  wait_for("a diagnostic", function()
    return #vim.diagnostic.get(buffer) > 0
  end)
  local found = vim.diagnostic.get(buffer)
  expect("one diagnostic", #found == 1, found)
  local diagnostic = found[1]
  local word = line(buffer, diagnostic.lnum):sub(diagnostic.col + 1, diagnostic.end_col)
  expect("it stands under the misspelt word", word == "comand", diagnostic)
  local code = diagnostic.code or diagnostic.user_data.lsp.code
  expect("it has its code", code == "unknown-key", diagnostic)
  expect("it knows the way out", diagnostic.message:find("`command`", 1, true), diagnostic.message)
  return diagnostic
end

local function hover_over_a_key(buffer)
  vim.api.nvim_win_set_cursor(0, { number_of(buffer, "^kind:") + 1, 1 })
  vim.lsp.buf.hover()
  wait_for("the hover window", hover_window_text)
  expect("the hover explains the key", hover_window_text():find("genservice", 1, true), hover_window_text())
end

local function completion_of_a_key(buffer)
  local row = number_of(buffer, "^  name:")
  vim.api.nvim_buf_set_lines(buffer, row + 1, row + 1, false, { "  fr" })
  local answer = editor.request(buffer, "textDocument/completion", editor.at(buffer, row + 1, 4))
  local labels = vim.tbl_map(function(item)
    return item.label
  end, answer.items or answer)
  expect("the key that begins so is offered", vim.tbl_contains(labels, "from"), labels)
  vim.api.nvim_buf_set_lines(buffer, row + 1, row + 2, false, {})
end

local function quick_fix(buffer, client, diagnostic)
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  local function mends(action)
    return action.title:find("`command`", 1, true) ~= nil
  end
  if vim.fn.has("nvim-0.8") == 1 then
    vim.lsp.buf.code_action({ filter = mends, apply = true })
  else
    local params = vim.lsp.util.make_range_params()
    params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer) }
    local action = vim.tbl_filter(mends, editor.request(buffer, "textDocument/codeAction", params))[1]
    assert(action, "no quick fix")
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  end
  wait_for("the fixed word", function()
    return line(buffer, diagnostic.lnum):find("^  command: ") ~= nil
  end)
  say("  ok: the quick fix mends the word")
  wait_for("the diagnostic to go", function()
    return #vim.diagnostic.get(buffer) == 0
  end)
  say("  ok: and the diagnostic goes")
end

editor.run(function()
  vim.cmd("edit manifest.yaml")
  local buffer = vim.api.nvim_get_current_buf()
  local client = editor.attach(buffer)
  local diagnostic = diagnostic_under_the_word(buffer)
  hover_over_a_key(buffer)
  completion_of_a_key(buffer)
  quick_fix(buffer, client, diagnostic)
  editor.stop(client)
end)
