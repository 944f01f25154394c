// SPDX-License-Identifier: MIT
/**
 * Who the members of a cluster are: how it begins, who comes in, what the leader does about it. The
 * truth is in the system shard ({@link io.distdb.node.cluster.MemberStore}); nothing here decides
 * by a clock.
 */
package io.distdb.node.cluster;
