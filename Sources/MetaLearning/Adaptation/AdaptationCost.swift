/// What one task's adaptation and its gradient took.
package struct AdaptationCost: Sendable, Hashable {
    /// Minibatch gradients that were taken, repeated ones not counted.
    package var gradientCount = 0
    /// Hessian-vector products that were taken.
    package var hessianProductCount = 0
    /// The largest memory that the trajectory needed, in bytes.
    package var trajectoryBytes = 0
    /// Inner steps taken, repeated ones included, over the trajectory's own; at least 1.
    package var recomputation = 1.0

    /// Nothing taken yet.
    package init() {}
}
