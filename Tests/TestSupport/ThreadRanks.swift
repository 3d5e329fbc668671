package import Distribution
import Foundation
import Synchronization

/// Ranks that are threads of this process, for tests of what ranks do together.
package struct ThreadRanks: Sendable {
    private final class World: Sendable {
        private struct State {
            var posted: [Int: [UInt8]] = [:]
            var taken = 0
            var isTaking = false
        }
        private let condition = NSCondition()
        private let state = Mutex(State())
        let size: Int

        init(size: Int) { self.size = size }

        /// Gives every rank what all have posted.
        func meet(_ rank: Int, _ bytes: [UInt8]) -> [[UInt8]] {
            condition.lock()
            defer { condition.unlock() }
            // Those of the meeting before must all have left.
            while state.withLock({ $0.isTaking }) { condition.wait() }
            state.withLock { state in
                state.posted[rank] = bytes
                if state.posted.count == size { state.isTaking = true }
            }
            condition.broadcast()
            while !state.withLock({ $0.isTaking }) { condition.wait() }
            let all = state.withLock { state in
                let all = (0..<size).map { state.posted[$0] ?? [] }
                state.taken += 1
                if state.taken == size { state = State() }
                return all
            }
            condition.broadcast()
            return all
        }
    }

    private struct ThreadCommunicator: Communicator {
        let world: World
        let rank: Int
        var size: Int { world.size }

        func allGather<Element: BitwiseCopyable & Sendable>(
            _ values: [Element], counts: [Int]
        ) -> [Element] {
            let all = world.meet(rank, Self.bytes(values)).map { Self.elements($0, Element.self) }
            precondition(all.map(\.count) == counts, "\(all.map(\.count)) elements, not \(counts)")
            return Array(all.joined())
        }

        func allToAll<Element: BitwiseCopyable & Sendable>(
            _ values: [Element], sent: [Int], received: [Int]
        ) -> [Element] {
            precondition(values.count == sent.reduce(0, +), "\(values.count) elements of \(sent)")
            let layouts = world.meet(rank, Self.bytes(sent)).map { Self.elements($0, Int.self) }
            let all = world.meet(rank, Self.bytes(values)).map { Self.elements($0, Element.self) }
            return zip(all, layouts).enumerated().flatMap { from, other in
                let (values, layout) = other
                precondition(layout[rank] == received[from], "\(layout[rank]) of rank \(from)")
                let start = layout[..<rank].reduce(0, +)
                return values[start..<start + layout[rank]]
            }
        }

        func finalize() {}

        private static func bytes<Element: BitwiseCopyable>(_ values: [Element]) -> [UInt8] {
            unsafe values.withUnsafeBytes { unsafe Array($0) }
        }

        private static func elements<Element: BitwiseCopyable>(
            _ bytes: [UInt8], _ type: Element.Type
        ) -> [Element] {
            let stride = MemoryLayout<Element>.stride
            return unsafe bytes.withUnsafeBytes { bytes in
                (0..<bytes.count / stride).map {
                    unsafe bytes.loadUnaligned(fromByteOffset: $0 * stride, as: type)
                }
            }
        }
    }

    /// Does the same on several ranks at once.
    ///
    /// - Parameters:
    ///   - size: How many ranks.
    ///   - hosts: The machines they say to be on; one for all when left out.
    ///   - body: What each does.
    /// - Returns: What came of it on each rank, in their order.
    package static func run<Value: Sendable>(
        _ size: Int, hosts: [String]? = nil,
        _ body: @escaping @Sendable (RankGroup) throws -> Value
    ) -> [Result<Value, any Error>] {
        let world = World(size: size)
        let results = Mutex([Result<Value, any Error>?](repeating: nil, count: size))
        let group = DispatchGroup()
        for rank in 0..<size {
            group.enter()
            let thread = Thread {
                let result = Result {
                    let ranks = try RankGroup(
                        ThreadCommunicator(world: world, rank: rank), host: hosts?[rank] ?? "here",
                        processors: [0, 1])
                    return try ranks.together { try body(ranks) }
                }
                results.withLock { $0[rank] = result }
                group.leave()
            }
            // As large as that of the main thread, on which ranks of MPI work.
            thread.stackSize = 8 << 20
            thread.start()
        }
        group.wait()
        return results.withLock { $0.compactMap(\.self) }
    }
}
