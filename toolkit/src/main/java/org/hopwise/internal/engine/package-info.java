/** What training runs on: parameters and work space, back-propagation, hop chains, Adam. */
package org.hopwise.internal.engine;
