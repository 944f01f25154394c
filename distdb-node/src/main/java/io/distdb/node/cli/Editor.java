// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code \e}: the editor that PSQL_EDITOR, EDITOR or VISUAL names, or {@code vi}, on a file with
 * the statement.
 */
final class Editor {
  private final String command;

  private Editor(String command) {
    this.command = command;
  }

  static Editor of(Map<String, String> environment) {
    return new Editor(
        Stream.of("PSQL_EDITOR", "EDITOR", "VISUAL")
            .map(environment::get)
            .filter(value -> value != null && !value.isBlank())
            .findFirst()
            .orElse("vi"));
  }

  /**
   * The text as the user leaves it.
   *
   * @throws DistDbException {@code IO_ERROR}: the editor did not start or did not succeed
   */
  String edit(String text) {
    Path file = null;
    try {
      file = Files.createTempFile("distdb.edit.", ".sql");
      Files.writeString(file, text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
      open(file);
      return Files.readString(file);
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "could not edit the statement: " + failure.getMessage(), failure);
    } finally {
      delete(file);
    }
  }

  /**
   * Edits a file of the user's; what is in it then.
   *
   * @throws DistDbException {@code IO_ERROR}
   */
  String edit(Path file) {
    try {
      open(file);
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "could not edit " + file + ": " + failure.getMessage(), failure);
    }
  }

  private void open(Path file) throws IOException {
    Process editor =
        new ProcessBuilder("sh", "-c", command + " \"$1\"", "sh", file.toString())
            .inheritIO()
            .start();
    int code = Programs.waitFor(editor);
    if (code != 0) {
      throw new IOException("editor \"" + command + "\" ended with exit code " + code);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      // a file in the folder for temporary ones
    }
  }
}
