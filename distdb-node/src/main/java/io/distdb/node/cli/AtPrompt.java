// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.util.Optional;
import org.jline.reader.LineReader;

/** The terminal of a {@link Prompt}: its size, its pager, its editor. */
final class AtPrompt implements Terminal {
  private final org.jline.terminal.Terminal terminal;
  private final LineReader reader;
  private final ScriptBuffer buffer;
  private final Optional<Pager> pager;
  private final Editor editor = Editor.of(System.getenv());

  AtPrompt(org.jline.terminal.Terminal terminal, LineReader reader, ScriptBuffer buffer) {
    this.terminal = terminal;
    this.reader = reader;
    this.buffer = buffer;
    pager =
        Pager.command(System.getenv())
            .map(command -> new Pager(command, terminal::getWidth, terminal::getHeight));
  }

  @Override
  public int columns() {
    return terminal.getWidth();
  }

  @Override
  public Optional<Pager> pager() {
    return pager;
  }

  /** What the user wrote is as if typed: a semicolon runs it, else the prompt goes on with it. */
  @Override
  public void edit(ScriptBuffer.Edit edit, String lastStatement) {
    String text =
        edit.file().isEmpty()
            ? editor.edit(edit.text().isEmpty() ? whole(lastStatement) : edit.text())
            : editor.edit(MetaCommands.path(edit.file()));
    if (text.isBlank()) {
      return;
    }
    terminal.writer().print(text.endsWith("\n") ? text : text + "\n");
    terminal.flush();
    reader.getHistory().add(text.stripTrailing());
    text.lines().forEach(buffer::line);
  }

  private static String whole(String statement) {
    return statement.isEmpty() ? "" : statement + ";";
  }
}
