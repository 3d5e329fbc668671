/// Moves arrays between the processes that work together, the ranks.
///
/// Every rank makes the same calls in the same order; a call returns when all ranks have made it.
/// The words are those of the Message Passing Interface.
package protocol Communicator: Sendable {
    /// The number of this process, from 0.
    var rank: Int { get }
    /// How many processes there are, at least 1.
    var size: Int { get }

    /// Gives every rank what all ranks have, in the ranks' order.
    ///
    /// - Parameters:
    ///   - values: What this rank has: `counts[rank]` elements.
    ///   - counts: How many elements each rank has; the same on all ranks.
    /// - Returns: The elements of all ranks one after the other.
    /// - Throws: ``DistributionError`` when the ranks cannot reach each other.
    func allGather<Element: BitwiseCopyable & Sendable>(
        _ values: [Element], counts: [Int]
    ) throws(DistributionError) -> [Element]

    /// Gives every rank its part of what each rank has.
    ///
    /// - Parameters:
    ///   - values: The parts for all ranks one after the other.
    ///   - sent: How many elements each rank gets of them.
    ///   - received: How many elements each rank has for this one.
    /// - Returns: The parts for this rank, in the order of the ranks they are of.
    /// - Throws: ``DistributionError`` when the ranks cannot reach each other.
    func allToAll<Element: BitwiseCopyable & Sendable>(
        _ values: [Element], sent: [Int], received: [Int]
    ) throws(DistributionError) -> [Element]

    /// Leaves the others: no call may follow.
    func finalize()
}
