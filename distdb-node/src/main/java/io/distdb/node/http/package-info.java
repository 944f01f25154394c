// SPDX-License-Identifier: MIT
/**
 * What operators ask of a node over HTTP: whether it lives, whether it serves, its metrics. Reads
 * only; opened when {@code http_port} is set.
 */
package io.distdb.node.http;
