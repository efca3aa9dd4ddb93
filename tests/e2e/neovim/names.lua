-- Follows names through the files of an example: from an imported secret to its declaration in another file, renames it
-- there, and changes a variable so that the Meshfile, which is open beside it, lacks a value.

local editor = dofile(vim.env.SCONE_LS_E2E .. "/editor.lua")
local say, wait_for, expect, line, number_of = editor.say, editor.wait_for, editor.expect, editor.line, editor.number_of

local function edit(file)
  vim.cmd("edit " .. file)
  return vim.api.nvim_get_current_buf()
end

local function cursor_on(buffer, pattern, word)
  local row = number_of(buffer, pattern)
  vim.api.nvim_win_set_cursor(0, { row + 1, line(buffer, row):find(word, 1, true) - 1 })
end

local function codes(buffer)
  return vim.tbl_map(function(diagnostic)
    return diagnostic.code or diagnostic.user_data.lsp.code
  end, vim.diagnostic.get(buffer))
end

local function declaration_in_another_file(store)
  cursor_on(store, "^    %- parcels_ca$", "parcels_ca")
  vim.lsp.buf.definition()
  wait_for("the other file", function()
    return vim.api.nvim_buf_get_name(0):find("gateway.yaml", 1, true) ~= nil
  end)
  local here = vim.api.nvim_get_current_line()
  expect("the cursor is at the declaration", here:find("- name: parcels_ca", 1, true), here)
  return vim.api.nvim_get_current_buf()
end

local function rename_there(store, gateway)
  vim.lsp.buf.rename("authority")
  wait_for("the new name in both files", function()
    local there = table.concat(vim.api.nvim_buf_get_lines(store, 0, -1, false), "\n")
    return there:find("- authority\n", 1, true) ~= nil and there:find("$$SCONE::authority", 1, true) ~= nil
  end)
  local here = table.concat(vim.api.nvim_buf_get_lines(gateway, 0, -1, false), "\n")
  expect("no use of the old name is left", not here:find("parcels_ca[^_%-]"), here)
  expect("its uses have the new one", here:find("issuer: authority", 1, true), here)
end

local function the_meshfile_follows(gateway, mesh)
  expect("nothing is wrong with the Meshfile", #codes(mesh) == 0, vim.diagnostic.get(mesh))
  local row = number_of(gateway, "^    %- name: STORE_ADDRESS$")
  vim.api.nvim_buf_set_lines(gateway, row, row + 1, false, { "    - name: STORE_PLACE" })
  wait_for("the Meshfile to lack a value", function()
    return vim.tbl_contains(codes(mesh), "missing-value")
  end)
  say("  ok: the Meshfile lacks a value when a service asks for another one")
end

editor.run(function()
  local mesh = edit("mesh.yaml")
  local client = editor.attach(mesh)
  local store = edit("store.yaml")
  editor.attach(store)
  local gateway = declaration_in_another_file(store)
  editor.attach(gateway)
  rename_there(store, gateway)
  the_meshfile_follows(gateway, mesh)
  editor.stop(client)
end)
