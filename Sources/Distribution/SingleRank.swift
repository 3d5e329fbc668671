/// A process by itself.
package struct SingleRank: Communicator {
    package var rank: Int { 0 }
    package var size: Int { 1 }

    /// A process by itself.
    package init() {}

    package func allGather<Element: BitwiseCopyable & Sendable>(
        _ values: [Element], counts: [Int]
    ) -> [Element] { values }

    package func allToAll<Element: BitwiseCopyable & Sendable>(
        _ values: [Element], sent: [Int], received: [Int]
    ) -> [Element] { values }

    package func finalize() {}
}
