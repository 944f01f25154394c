// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.NodeId;
import io.distdb.api.cluster.Members;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a superuser does to the cluster, of the schema {@code distdb}. */
final class ClusterFunctions {
  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^@:\\s\\[\\]/]+):([0-9]{1,5})");
  private static final int PORT_MAX = (1 << 16) - 1;

  private ClusterFunctions() {}

  static void addTo(FunctionTable table) {
    table.addVolatile(
        "cluster_add(text,text) text",
        (x, r, i, a) -> r.texts[i] = add(x, a[0].texts[i], a[1].texts[i], false));
    table.addVolatile(
        "cluster_add(text,text,bool) text",
        (x, r, i, a) -> r.texts[i] = add(x, a[0].texts[i], a[1].texts[i], a[2].longs[i] != 0));
    table.addVolatile(
        "cluster_remove(text) text",
        (x, r, i, a) -> {
          members(x, "cluster_remove").remove(node(a[0].texts[i]));
          r.texts[i] = "node " + a[0].texts[i] + " is to go";
        });
    table.addVolatile(
        "cluster_transfer(text) text",
        (x, r, i, a) -> {
          members(x, "cluster_transfer").transfer(node(a[0].texts[i]));
          r.texts[i] = "node " + a[0].texts[i] + " leads";
        });
  }

  private static String add(Caller caller, String node, String address, boolean readReplica) {
    Members members = members(caller, "cluster_add");
    Matcher matcher = ADDRESS.matcher(address);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    if (port < 1 || port > PORT_MAX) {
      throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE, "\"" + address + "\" is not the address of a node")
          .withHint("Give host:port, as the members reach it.");
    }
    members.add(node(node), matcher.group(1), port, readReplica);
    return "node " + node + " may come in";
  }

  private static NodeId node(String name) {
    if (!NODE.matcher(name).matches()) {
      throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE, "\"" + name + "\" is not the name of a node")
          .withHint("1 to 64 letters, digits, _, - and ., a letter or digit first.");
    }
    return new NodeId(name);
  }

  private static Members members(Caller caller, String function) {
    if (!"on".equals(caller.environment().setting("is_superuser"))) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE, "permission denied for function " + function);
    }
    return caller.environment().members();
  }
}
