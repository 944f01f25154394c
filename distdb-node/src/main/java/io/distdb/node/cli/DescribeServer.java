// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.text.Texts;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a server has, by its {@code pg_catalog}. Objects from number 16384 on are those that users
 * made (PostgreSQL's documentation, section 74.2.2).
 */
final class DescribeServer implements Descriptions {
  private static final String RELATIONS =
      """
      SELECT n.nspname, c.relname,
        CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
          WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence' ELSE 'foreign table' END
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid >= 16384 AND n.nspname <> 'pg_toast' AND c.relkind IN (%s)
      ORDER BY n.nspname, c.relname\
      """;

  private static final String INDEXES =
      """
      SELECT n.nspname, c.relname, 'index', t.relname
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE t.oid >= 16384 AND n.nspname <> 'pg_toast' ORDER BY n.nspname, c.relname\
      """;

  private static final String SCHEMAS =
      """
      SELECT nspname FROM pg_catalog.pg_namespace
      WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY nspname\
      """;

  private static final String ROLES =
      """
      SELECT r.rolname,
        array_to_string(ARRAY[
          CASE WHEN r.rolsuper THEN 'Superuser' END,
          CASE WHEN NOT r.rolinherit THEN 'No inheritance' END,
          CASE WHEN r.rolcreaterole THEN 'Create role' END,
          CASE WHEN r.rolcreatedb THEN 'Create DB' END,
          CASE WHEN NOT r.rolcanlogin THEN 'Cannot login' END], ', '),
        ARRAY(SELECT g.rolname FROM pg_catalog.pg_auth_members m
          JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
          WHERE m.member = r.oid AND g.rolname !~ '^pg_' ORDER BY g.rolname)
      FROM pg_catalog.pg_roles r WHERE r.rolname !~ '^pg_' ORDER BY r.rolname\
      """;

  private static final String FUNCTIONS =
      """
      SELECT p.proname, coalesce(pg_catalog.pg_get_function_result(p.oid), ''),
        pg_catalog.pg_get_function_arguments(p.oid),
        CASE p.prokind WHEN 'a' THEN 'agg' WHEN 'w' THEN 'window' WHEN 'p' THEN 'proc'
          ELSE 'func' END
      FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      WHERE p.proname LIKE %s AND n.nspname LIKE %s
      ORDER BY p.proname, 3, 2\
      """;

  private final Catalog catalog;
  private final Supplier<List<String>> databases;
  private final PrintWriter out;

  DescribeServer(Catalog catalog, Supplier<List<String>> databases, PrintWriter out) {
    this.catalog = catalog;
    this.databases = databases;
    this.out = out;
  }

  @Override
  public void relations() {
    relations("relations", "'r', 'p', 'v', 'm', 'S', 'f'");
  }

  @Override
  public void tables() {
    relations("tables", "'r', 'p'");
  }

  @Override
  public void views() {
    relations("views", "'v'");
  }

  @Override
  public void sequences() {
    relations("sequences", "'S'");
  }

  private void relations(String what, String kinds) {
    TextTable list = new TextTable("List of relations", "Schema", "Name", "Type");
    print(list, RELATIONS.formatted(kinds), "There are no " + what + ".");
  }

  @Override
  public void indexes() {
    TextTable list = new TextTable("List of relations", "Schema", "Name", "Type", "Table");
    print(list, INDEXES, "There are no indexes.");
  }

  @Override
  public void schemas() {
    print(new TextTable("List of schemas", "Name"), SCHEMAS, "There are no schemas.");
  }

  @Override
  public void databases() {
    TextTable list = new TextTable("List of databases", "Name");
    databases.get().forEach(list::add);
    list.print(out);
    out.println();
  }

  @Override
  public void roles() {
    TextTable list = new TextTable("List of roles", "Role name", "Attributes", "Member of");
    print(list, ROLES, "There are no roles.");
  }

  @Override
  public void functions(String pattern) {
    TextTable list =
        new TextTable(
            "List of functions", "Name", "Result data type", "Argument data types", "Type");
    int dot = pattern.indexOf('.');
    String schema = dot < 0 ? "*" : pattern.substring(0, dot);
    String name = dot == pattern.length() - 1 ? "*" : pattern.substring(dot + 1);
    print(
        list,
        FUNCTIONS.formatted(Texts.literal(likePattern(name)), Texts.literal(likePattern(schema))),
        "There are no functions named " + pattern + ".");
  }

  private static String likePattern(String pattern) {
    return pattern
        .toLowerCase(java.util.Locale.ROOT)
        .replace("\\", "\\\\")
        .replace("%", "\\%")
        .replace("_", "\\_")
        .replace('*', '%')
        .replace('?', '_');
  }

  private void print(TextTable list, String query, String otherwise) {
    catalog.rows(query).forEach(list::add);
    if (list.isEmpty()) {
      out.println(otherwise);
    } else {
      list.print(out);
      out.println();
    }
  }

  @Override
  public void relation(List<String> name) {
    String place =
        name.size() > 1
            ? "n.nspname = " + Texts.literal(name.getFirst())
            : "pg_catalog.pg_table_is_visible(c.oid)";
    List<String[]> found =
        catalog.rows(
            "SELECT c.oid, n.nspname, c.relname, c.relkind FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relname = "
                + Texts.literal(name.getLast())
                + " AND "
                + place);
    if (found.isEmpty()) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_TABLE,
              "relation \"" + String.join(".", name) + "\" does not exist")
          .withHint("\\d lists tables, views and sequences; \\di lists the indexes.");
    }
    String[] row = found.getFirst();
    new DescribeServerRelation(catalog, row[0], row[1], row[2], out).print(row[3]);
  }
}
