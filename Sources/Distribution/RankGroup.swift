private import ErrorReports
private import Synchronization

/// The processes that work together on one thing, of which this is one.
///
/// Every rank runs the same program and calls the same methods in the same order. Each call begins
/// with a short meeting in which a rank can say that it has failed instead: all others then leave
/// with an error that carries its words, so that nobody waits for a rank that will not come.
///
/// ```swift
/// let ranks = RankGroup()
/// do {
///     let lengths = try ranks.gather(message).map(\.count)
/// } catch {
///     ranks.fail(error)
///     throw error
/// }
/// ```
package final class RankGroup: Sendable {
    /// What a call is for; ranks that meet must want the same.
    private enum Purpose: UInt64 {
        case stop = 1
        case gather, exchange, collect, failure
    }

    /// What a rank says in a meeting.
    private struct Word: BitwiseCopyable {
        var purpose: UInt64
        var meeting: UInt64
        var wantsStop: UInt64 = 0
        var length: UInt64
    }

    private struct State {
        var meetings: UInt64 = 0
        var isClosed = false
        var times = RankTimes()
    }

    /// The machine of each rank, by name.
    package let hosts: [String]
    /// How many threads this rank may use when it shares its machine's processors fairly; `nil`
    /// when that is not known.
    package let fairThreads: Int?

    private let communicator: any Communicator
    private let state = Mutex(State())

    /// A process by itself.
    package init() {
        communicator = SingleRank()
        hosts = [""]
        fairThreads = nil
    }

    /// Meets the others.
    ///
    /// - Parameters:
    ///   - communicator: What moves arrays between the ranks.
    ///   - host: The name of this rank's machine.
    ///   - processors: The processors that this rank may use, by their numbers.
    /// - Throws: ``DistributionError`` when the ranks cannot reach each other.
    package init(
        _ communicator: any Communicator, host: String, processors: [Int]
    ) throws(DistributionError) {
        self.communicator = communicator
        var message = MessageWriter()
        message.put(host)
        message.put(processors)
        let own = message.bytes
        let counts = try communicator.allGather(
            [own.count], counts: Array(repeating: 1, count: communicator.size))
        let all = try communicator.allGather(own, counts: counts)
        var (hosts, usable, start) = ([String](), [Set<Int>](), 0)
        for count in counts {
            var reader = MessageReader(Array(all[start..<start + count]))
            hosts.append(try reader.text())
            usable.append(Set(try reader.integers()))
            start += count
        }
        self.hosts = hosts
        let neighbors = hosts.indices.filter { hosts[$0] == host }
        let together = neighbors.reduce(into: Set<Int>()) { $0.formUnion(usable[$1]) }
        // Ranks that were bound to processors of their own have those; others share them all.
        let share = together.count / neighbors.count
        fairThreads =
            processors.isEmpty ? nil : max(1, min(processors.count, max(1, share)))
    }

    /// The number of this process, from 0.
    package var rank: Int { communicator.rank }
    /// How many processes there are.
    package var size: Int { communicator.size }
    /// Whether this is the rank that reads settings, writes files and talks to the user.
    package var isFirst: Bool { rank == 0 }
    /// Whether there are others.
    package var isAlone: Bool { size == 1 }

    /// What this rank's time went into since it was asked last.
    package func takeTimes() -> RankTimes {
        state.withLock { state in
            defer { state.times = RankTimes() }
            return state.times
        }
    }

    /// Counts work on tasks.
    package func count(compute seconds: Double, tasks: Int) {
        state.withLock { state in
            state.times.compute += seconds
            state.times.tasks += tasks
        }
    }

    // MARK: Calls that all ranks make

    /// Asks whether anyone wants to stop.
    ///
    /// - Parameter wantsStop: Whether this rank does.
    /// - Returns: Whether any rank does; the same on all.
    /// - Throws: ``DistributionError`` when a rank has failed; so do all calls.
    package func agree(onStop wantsStop: Bool) throws(DistributionError) -> Bool {
        guard !isAlone else { return wantsStop }
        return try meet(for: .stop, wantsStop: wantsStop).contains { $0.wantsStop != 0 }
    }

    /// Gives every rank the messages of all.
    ///
    /// - Parameter message: That of this rank.
    /// - Returns: The messages in the ranks' order.
    /// - Throws: ``DistributionError`` when a rank has failed.
    package func gather(_ message: [UInt8]) throws(DistributionError) -> [[UInt8]] {
        guard !isAlone else { return [message] }
        let counts = try meet(for: .gather, length: message.count).map { Int($0.length) }
        let all = try timed(sending: message.count * (size - 1)) {
            () throws(DistributionError) in
            try communicator.allGather(message, counts: counts)
        }
        var start = 0
        return counts.map { count in
            defer { start += count }
            return Array(all[start..<start + count])
        }
    }

    /// Gives every rank what the first one makes.
    ///
    /// - Parameter make: Makes it; called on the first rank alone.
    /// - Returns: What the first rank has made.
    /// - Throws: What `make` throws, or ``DistributionError`` when another rank has failed.
    package func fromFirst(_ make: () throws -> [UInt8]) throws -> [UInt8] {
        try gather(isFirst ? try make() : [])[0]
    }

    /// Gives every rank its part of each rank's numbers.
    ///
    /// - Parameters:
    ///   - values: This rank's numbers, the parts for all ranks one after the other.
    ///   - sent: How many numbers each rank gets of them.
    ///   - received: How many numbers each rank has for this one.
    /// - Returns: The parts for this rank in the ranks' order.
    /// - Throws: ``DistributionError`` when a rank has failed.
    package func exchange(
        _ values: [Float], sent: [Int], received: [Int]
    ) throws(DistributionError) -> [Float] {
        guard !isAlone else { return values }
        _ = try meet(for: .exchange)
        return try timed(sending: 4 * (values.count - sent[rank])) {
            () throws(DistributionError) in
            try communicator.allToAll(values, sent: sent, received: received)
        }
    }

    /// Gives every rank the numbers of all.
    ///
    /// - Parameters:
    ///   - values: Those of this rank.
    ///   - counts: How many each rank has.
    /// - Returns: The numbers in the ranks' order.
    /// - Throws: ``DistributionError`` when a rank has failed.
    package func collect(
        _ values: [Float], counts: [Int]
    ) throws(DistributionError) -> [Float] {
        guard !isAlone else { return values }
        _ = try meet(for: .collect)
        return try timed(sending: 4 * values.count * (size - 1)) {
            () throws(DistributionError) in
            try communicator.allGather(values, counts: counts)
        }
    }

    /// Does something that all ranks do; what ends it here ends it everywhere.
    ///
    /// - Parameter body: What is done, with calls to this group.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, after the others have heard of it.
    package func together<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            fail(error)
            throw error
        }
    }

    /// Tells the others that this rank has failed; they leave with its words. Does nothing when one
    /// has failed before.
    ///
    /// - Parameter error: Why.
    package func fail(_ error: any Error) {
        guard !isAlone, !state.withLock({ $0.isClosed }) else { return }
        let words = Array("\(error)".utf8)
        // When the others cannot be reached, nothing is left to do for them.
        guard let met = try? say(.failure, length: words.count) else { return }
        _ = try? failures(met, words)
    }

    /// Leaves the others at the end of the program.
    package func leave() {
        state.withLock { $0.isClosed = true }
        communicator.finalize()
    }

    // MARK: Meetings

    /// Meets the others for a purpose.
    private func meet(
        for purpose: Purpose, wantsStop: Bool = false, length: Int = 0
    ) throws(DistributionError) -> [Word] {
        guard !state.withLock({ $0.isClosed }) else {
            throw DistributionError(
                .outOfStep(expected: "no call after a failure", found: "\(purpose)"))
        }
        let met = try say(purpose, wantsStop: wantsStop, length: length)
        if met.contains(where: { $0.purpose == Purpose.failure.rawValue }) {
            let failures = try failures(met, [])
            throw DistributionError(
                .rankFailed(
                    rank: failures.rank, host: hosts[failures.rank], reason: failures.words))
        }
        let own = met[rank]
        guard met.allSatisfy({ $0.purpose == own.purpose && $0.meeting == own.meeting }) else {
            state.withLock { $0.isClosed = true }
            throw DistributionError(
                .outOfStep(
                    expected: "\(purpose) in meeting \(own.meeting)",
                    found: met.map { "\($0.purpose) in \($0.meeting)" }.joined(separator: ", ")),
                hint: "start all ranks with the same program and the same arguments")
        }
        return met
    }

    /// Says what this rank is at, and waits for the others' words.
    private func say(
        _ purpose: Purpose, wantsStop: Bool = false, length: Int
    ) throws(DistributionError) -> [Word] {
        let meeting = state.withLock { state in
            state.meetings += 1
            return state.meetings
        }
        let word = Word(
            purpose: purpose.rawValue, meeting: meeting, wantsStop: wantsStop ? 1 : 0,
            length: UInt64(length))
        let start = ContinuousClock.now
        let met = try communicator.allGather([word], counts: Array(repeating: 1, count: size))
        let waited = (ContinuousClock.now - start) / .seconds(1)
        state.withLock { $0.times.idle += waited }
        return met
    }

    /// Hears why ranks have failed; nobody meets after that.
    private func failures(
        _ met: [Word], _ words: [UInt8]
    ) throws(DistributionError) -> (rank: Int, words: String) {
        state.withLock { $0.isClosed = true }
        let counts = met.map {
            $0.purpose == Purpose.failure.rawValue ? Int($0.length) : 0
        }
        let all = try communicator.allGather(words, counts: counts)
        let rank = met.firstIndex { $0.purpose == Purpose.failure.rawValue } ?? 0
        return (rank, String(decoding: all.prefix(counts[rank]), as: UTF8.self))
    }

    private func timed<Result>(
        sending bytes: Int, _ body: () throws(DistributionError) -> Result
    ) throws(DistributionError) -> Result {
        let start = ContinuousClock.now
        let result = try body()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        state.withLock { state in
            state.times.exchange += seconds
            state.times.bytesSent += bytes
        }
        return result
    }
}
