/**
 * Questions put to a trained network: how good it is on trials never seen ({@link org.hopwise.study.Evaluation}), what it
 * decides ({@link org.hopwise.study.Decisions}, {@link org.hopwise.study.Psychometric}), whether
 * its walks show the task ({@link org.hopwise.study.Recovery}), what it withstands ({@link org.hopwise.study.Pressure}),
 * how walks on weights compare with derivatives along its states ({@link org.hopwise.study.JacobianComparison}, of other
 * people's networks {@link org.hopwise.study.HopAgainstLag}), and what it loses without a unit, a route or a hop
 * ({@link org.hopwise.study.PathLesions}).
 */
package org.hopwise.study;
