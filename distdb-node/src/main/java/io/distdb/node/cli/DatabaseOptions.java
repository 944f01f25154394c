// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.node.wiring.Node;
import picocli.CommandLine.Option;

/** {@code --url} and {@code -d}, a mixin. */
final class DatabaseOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "Instead of a directory a server: postgresql://user:password@host:port/database.",
        "Without a password in it: that of PGPASSWORD, else it is asked."
      })
  private String url;

  @Option(
      names = {"-d", "--database", "--dbname"},
      paramLabel = "NAME",
      description = {
        "The database. Without it: that of the URL; of a data directory the only one besides",
        "postgres when there is just one, else postgres."
      })
  private String name;

  /** Whether there is a URL. */
  boolean isAtServer() {
    return url != null;
  }

  ServerUrlOption server() {
    return ServerUrlOption.of(url, name, System.getenv());
  }

  /** Which database of a node of this process. */
  String nameIn(Node node) {
    return name == null ? node.databases().likelyName() : name;
  }
}
