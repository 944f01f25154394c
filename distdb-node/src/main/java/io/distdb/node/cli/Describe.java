// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Membership;
import io.distdb.sql.access.PredefinedRole;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Roles;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What there is, for the backslash commands that list and describe; as psql prints it. */
final class Describe implements Descriptions {
  private final Supplier<CatalogView> catalog;
  private final Supplier<List<String>> databases;
  private final PrintWriter out;

  Describe(Supplier<CatalogView> catalog, Supplier<List<String>> databases, PrintWriter out) {
    this.databases = databases;
    this.catalog = catalog;
    this.out = out;
  }

  @Override
  public void relations() {
    CatalogView view = catalog.get();
    TextTable list = new TextTable("List of relations", "Schema", "Name", "Type");
    view.tables().forEach(table -> list.add(table.schema(), table.name(), "table"));
    view.views().forEach(one -> list.add(one.schema(), one.name(), "view"));
    view.sequences().forEach(one -> list.add(one.schema(), one.name(), "sequence"));
    print(list, "relations");
  }

  @Override
  public void tables() {
    TextTable list = new TextTable("List of relations", "Schema", "Name", "Type");
    catalog.get().tables().forEach(table -> list.add(table.schema(), table.name(), "table"));
    print(list, "tables");
  }

  @Override
  public void views() {
    TextTable list = new TextTable("List of relations", "Schema", "Name", "Type");
    catalog.get().views().forEach(view -> list.add(view.schema(), view.name(), "view"));
    print(list, "views");
  }

  @Override
  public void indexes() {
    TextTable list = new TextTable("List of relations", "Schema", "Name", "Type", "Table");
    for (Table table : catalog.get().tables()) {
      if (!table.hasRowId()) {
        list.add(table.schema(), table.primaryKeyName(), "index", table.name());
      }
      for (IndexDefinition index : table.indexes()) {
        list.add(table.schema(), index.name(), "index", table.name());
      }
    }
    print(list, "indexes");
  }

  @Override
  public void sequences() {
    TextTable list = new TextTable("List of relations", "Schema", "Name", "Type");
    catalog.get().sequences().forEach(one -> list.add(one.schema(), one.name(), "sequence"));
    print(list, "sequences");
  }

  @Override
  public void schemas() {
    TextTable list = new TextTable("List of schemas", "Name");
    catalog.get().schemas().stream().map(Schema::name).forEach(list::add);
    print(list, "schemas");
  }

  @Override
  public void databases() {
    TextTable list = new TextTable("List of databases", "Name");
    databases.get().forEach(list::add);
    print(list, "databases");
  }

  @Override
  public void roles() {
    TextTable list = new TextTable("List of roles", "Role name", "Attributes", "Member of");
    Roles roles = catalog.get().authority().roles();
    for (Role role : roles.all()) {
      if (!PredefinedRole.is(role.id())) {
        list.add(role.name(), attributes(role), "{" + String.join(",", groups(role, roles)) + "}");
      }
    }
    print(list, "roles");
  }

  @Override
  public void functions(String pattern) {
    ListFunctions.print(pattern, out);
  }

  private static String attributes(Role role) {
    List<String> words = new ArrayList<>();
    if (role.superuser()) {
      words.add("Superuser");
    }
    if (!role.inherit()) {
      words.add("No inheritance");
    }
    if (role.createRole()) {
      words.add("Create role");
    }
    if (role.createDatabase()) {
      words.add("Create DB");
    }
    if (!role.login()) {
      words.add("Cannot login");
    }
    return String.join(", ", words);
  }

  private static List<String> groups(Role role, Roles roles) {
    return roles.memberships().stream()
        .filter(membership -> membership.member() == role.id())
        .map(Membership::role)
        .filter(group -> !PredefinedRole.is(group))
        .map(roles::name)
        .sorted()
        .toList();
  }

  private void print(TextTable list, String what) {
    if (list.isEmpty()) {
      out.println("There are no " + what + ".");
    } else {
      list.print(out);
      out.println();
    }
  }

  @Override
  public void relation(List<String> name) {
    CatalogView view = catalog.get();
    String schema = name.size() > 1 ? name.get(0) : Table.PUBLIC;
    String bare = name.getLast();
    Optional<Table> table = view.table(schema, bare);
    Optional<View> stored = view.view(schema, bare);
    Optional<Sequence> sequence = view.sequence(schema, bare);
    if (table.isPresent()) {
      new DescribeTable(view, table.get(), out).print();
    } else if (stored.isPresent()) {
      view(stored.get());
    } else if (sequence.isPresent()) {
      sequence(sequence.get());
    } else {
      throw new DistDbException(
              ErrorCode.UNDEFINED_TABLE,
              "relation \"" + String.join(".", name) + "\" does not exist")
          .withHint("\\d lists tables, views and sequences; \\di lists the indexes.");
    }
  }

  private void view(View view) {
    TextTable columns =
        new TextTable("View \"" + view.schema() + "." + view.name() + "\"", "Column", "Type");
    for (View.Column column : view.columns()) {
      columns.add(column.name(), column.type().sqlName());
    }
    columns.print(out);
    out.println("View definition:");
    out.println(" " + view.text());
    out.println();
  }

  private void sequence(Sequence sequence) {
    TextTable facts =
        new TextTable(
            "Sequence \"" + sequence.schema() + "." + sequence.name() + "\"",
            "Type",
            "Start",
            "Minimum",
            "Maximum",
            "Increment",
            "Cycles?",
            "Cache");
    facts.add(
        sequence.type().sqlName(),
        Long.toString(sequence.start()),
        Long.toString(sequence.minimum()),
        Long.toString(sequence.maximum()),
        Long.toString(sequence.increment()),
        sequence.cycles() ? "yes" : "no",
        Long.toString(sequence.cache()));
    facts.print(out);
    out.println();
  }
}
