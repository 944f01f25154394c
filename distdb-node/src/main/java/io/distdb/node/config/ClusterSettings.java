// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import java.util.List;

/** The settings of a node among others. */
final class ClusterSettings {
  private static final String PORT = "a port from 1 to 65535, another for each key";

  static final List<Setting> ALL =
      List.of(
          Setting.of(
              "node_id",
              "node-1",
              "1 to 64 letters, digits, `_`, `-` and `.`, a letter or digit first",
              "the name of this node, which no other node of its cluster has",
              text -> text,
              ConfigBuilder::nodeId),
          Setting.of(
              "host",
              "127.0.0.1",
              "a host name or an address",
              "the address that a node listens at",
              text -> text,
              ConfigBuilder::host),
          Setting.of(
              "port",
              "5000",
              PORT,
              "where a node listens to the other nodes",
              SettingText::number,
              ConfigBuilder::port),
          Setting.of(
              "sql_port",
              "5433",
              PORT,
              "where a node listens to PostgreSQL clients",
              SettingText::number,
              ConfigBuilder::sqlPort),
          Setting.of(
              "http_port",
              "0",
              "as `port`; 0: it does not",
              "where a node answers `/health`, `/ready` and `/metrics` at `host`",
              SettingText::number,
              ConfigBuilder::httpPort),
          Setting.of(
              "cluster_nodes",
              "this node alone",
              "`node_id@host:port,…`, or a YAML list of such; each node once, this one among them",
              "the nodes of the cluster that this node belongs to or begins, by the addresses at"
                  + " which they reach each other; needs `data_dir`, and `durability` sync",
              ClusterConfig.Member::parseAll,
              ConfigBuilder::clusterNodes),
          Setting.of(
              "replication_factor",
              "as many as there are nodes",
              "a number from 1 to that of the nodes",
              "how many nodes have each row; fewer than all is refused with 0A000, as shards are"
                  + " not there yet",
              SettingText::number,
              ConfigBuilder::replicationFactor),
          Setting.of(
              "shards",
              "1",
              "a power of two from 1 to 4096",
              "how many pieces tables are cut into; more than one is refused with 0A000, as shards"
                  + " are not there yet",
              SettingText::number,
              ConfigBuilder::shards),
          Setting.of(
              "role",
              "member",
              "member or read_replica",
              "what a node is to be when it comes into a cluster: a read_replica has all rows,"
                  + " never votes, and its sessions begin with transaction_read_mode ="
                  + " bounded_staleness",
              text -> SettingText.constant(ClusterConfig.Role.class, text),
              ConfigBuilder::role),
          Setting.of(
              "clock_offset_limit",
              "500ms",
              "a duration such as 500ms (ms, s, min, h), from 100ms to 24h; 0: nobody looks",
              "up to which the wall clocks of two nodes agree; beyond it both say so, a node that"
                  + " most others contradict does not lead while another can, and none is let into"
                  + " the cluster",
              SettingText::duration,
              ConfigBuilder::clockOffsetLimitMillis),
          Setting.of(
              "node_tls_certificate",
              "",
              "a path, together with `node_tls_key` and `node_tls_authorities`",
              "the certificate that the node shows the others, and those that signed it, in PEM;"
                  + " without it nodes talk in plain text, to be kept within a network of their"
                  + " own",
              Settings::path,
              (builder, file) -> builder.nodeTls(tls -> tls.withCertificate(file))),
          Setting.of(
              "node_tls_key",
              "",
              "a path, together with `node_tls_certificate`",
              "the key of `node_tls_certificate`: PKCS#8 in PEM, without a password",
              Settings::path,
              (builder, file) -> builder.nodeTls(tls -> tls.withKey(file))),
          Setting.of(
              "node_tls_authorities",
              "",
              "a path, together with `node_tls_certificate`",
              "those that sign the certificates of the cluster's nodes, in PEM; no others come in"
                  + " (TLS 1.2, 1.3, both sides show a certificate)",
              Settings::path,
              (builder, file) -> builder.nodeTls(tls -> tls.withAuthorities(file))));

  private ClusterSettings() {}
}
