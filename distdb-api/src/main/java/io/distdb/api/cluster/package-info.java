// SPDX-License-Identifier: MIT
/** The Members port: the nodes of a cluster, for those who look after it. */
package io.distdb.api.cluster;
