// SPDX-License-Identifier: MIT
package io.distdb.node.dump;

import io.distdb.api.error.DistDbException;
import io.distdb.client.Result;
import io.distdb.client.Statements;
import io.distdb.node.ProductVersion;
import io.distdb.sql.text.Texts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes a database as SQL text. What it reads comes from one transaction, whose snapshot the text
 * shows; only the positions of sequences, which are in no transaction, may be later ones.
 *
 * <p>Rows are written as they are read: a dump needs no more memory for a large table than for a
 * small one.
 */
public final class Dump {
  /** Settings that restoring needs, whoever's session it is. */
  private static final String SETTINGS =
      """
      SET statement_timeout = 0;
      SET lock_timeout = 0;
      SET idle_in_transaction_session_timeout = 0;
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);
      SET client_min_messages = warning;

      """;

  private final Statements database;
  private final OutputStream target;
  private final LongConsumer progress;

  /**
   * @param database a transaction at REPEATABLE READ
   * @param target gets UTF-8; is flushed and not closed
   * @param progress is told of bytes as they are written
   */
  public Dump(Statements database, OutputStream target, LongConsumer progress) {
    this.database = database;
    this.target = target;
    this.progress = progress;
  }

  /**
   * @throws DistDbException {@code UNDEFINED_TABLE}, {@code UNDEFINED_SCHEMA}: nothing matches a
   *     pattern of the request, and nothing was written; what reading met: the text is incomplete,
   *     its last line is missing
   */
  public void write(DumpRequest request) throws IOException {
    List<Entry> all = entries();
    request.checkMatches(all);
    List<Entry> chosen = all.stream().filter(request::selects).toList();
    head();
    if (request.has(DumpRequest.Part.ROLES)) {
      statements("Roles", RoleStatements.of(database));
    }
    switch (request.drops()) {
      case NONE -> {}
      case DROP -> statements("What was there before", DropStatements.of(chosen, false));
      case DROP_IF_EXISTS -> statements("What was there before", DropStatements.of(chosen, true));
    }
    for (Entry entry : chosen) {
      write(entry, request.rows());
    }
    text("--\n-- DistDB database dump complete\n--\n");
    target.flush();
  }

  private List<Entry> entries() {
    try (Result rows = database.query(Entry.QUERY)) {
      return rows.toList(Entry::of);
    }
  }

  private void head() throws IOException {
    String name = database.queryValue("SELECT current_database()", String.class);
    String time = database.queryValue("SELECT transaction_timestamp()::text", String.class);
    text("--\n-- DistDB database dump\n--\n\n");
    text("-- Database " + name.replaceAll("[\\r\\n]", " ") + " as of " + time + "\n");
    text("-- Dumped by DistDB " + ProductVersion.text() + "\n\n");
    text(SETTINGS);
  }

  private void statements(String heading, List<String> statements) throws IOException {
    if (!statements.isEmpty()) {
      text("--\n-- " + heading + "\n--\n\n" + String.join(";\n", statements) + ";\n\n");
    }
  }

  private void write(Entry entry, RowStyle style) throws IOException {
    switch (entry.kind()) {
      case "data" -> rows(entry, style);
      case "position" -> position(entry);
      default -> {
        heading(entry);
        text(entry.statement() + ";\n\n");
      }
    }
  }

  private void heading(Entry entry) throws IOException {
    text("--\n-- " + entry.heading() + "\n--\n\n");
  }

  private void rows(Entry entry, RowStyle style) throws IOException {
    heading(entry);
    String copy = entry.statement() + " TO STDOUT";
    if (style.inserts()) {
      InsertStatements inserts = new InsertStatements(database, entry, style, target, progress);
      database.copyOut(copy, inserts);
      inserts.finish();
    } else {
      CopyBlocks blocks = new CopyBlocks(target, entry.statement(), progress);
      database.copyOut(copy, blocks);
      blocks.finish();
    }
    text("\n");
  }

  private void position(Entry entry) throws IOException {
    heading(entry);
    String name = Texts.literal(entry.statement());
    try (Result row = database.query("SELECT last_value, is_called FROM " + entry.statement())) {
      row.next();
      text(
          "SELECT pg_catalog.setval("
              + name
              + ", "
              + row.getLong(0)
              + ", "
              + row.getBoolean(1)
              + ");\n\n");
    }
  }

  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    target.write(bytes);
    progress.accept(bytes.length);
  }
}
