import Distribution
import TestSupport
import Testing

struct RankGroupTests {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    @Test("Every rank gets the messages of all in the ranks' order", arguments: [1, 2, 3, 5])
    func gather(size: Int) throws {
        for result in ThreadRanks.run(
            size,
            { ranks in
                try (0..<20).map { round in
                    try ranks.gather(Array(repeating: UInt8(ranks.rank), count: ranks.rank + round))
                }
            })
        {
            for (round, messages) in try result.get().enumerated() {
                #expect(
                    messages
                        == (0..<size).map { Array(repeating: UInt8($0), count: $0 + round) })
            }
        }
    }

    @Test("One rank that wants to stop stops all", arguments: [0, 1, 2])
    func stop(who: Int) throws {
        for result in ThreadRanks.run(
            3,
            { ranks in
                [
                    try ranks.agree(onStop: false), try ranks.agree(onStop: ranks.rank == who),
                    try ranks.agree(onStop: false),
                ]
            })
        {
            #expect(try result.get() == [false, true, false])
        }
    }

    @Test(
        "A rank that fails ends all with its words, whatever the others were about to do",
        arguments: [0, 1, 2])
    func failure(who: Int) throws {
        let results = ThreadRanks.run(3) { ranks in
            _ = try ranks.gather([1, 2, 3])
            if ranks.rank == who { throw Broken(description: "the disk of rank \(who) is full") }
            _ = try ranks.exchange(
                Array(repeating: 1, count: 9), sent: [3, 3, 3], received: [3, 3, 3])
        }
        for (rank, result) in results.enumerated() {
            let error = #expect(throws: (any Error).self) { try result.get() }
            if rank == who {
                #expect(error is Broken)
            } else {
                let error = try #require(error as? DistributionError)
                #expect(
                    error.kind
                        == .rankFailed(
                            rank: who, host: "here", reason: "the disk of rank \(who) is full"))
            }
        }
    }

    @Test("Ranks that fail at once each keep their own error")
    func failures() {
        let results = ThreadRanks.run(4) { ranks -> Int in
            throw Broken(description: "rank \(ranks.rank)")
        }
        for (rank, result) in results.enumerated() {
            let error = #expect(throws: Broken.self) { try result.get() }
            #expect(error?.description == "rank \(rank)")
        }
    }

    @Test("Ranks at different places of the program are told so instead of mixing numbers up")
    func outOfStep() throws {
        for result in ThreadRanks.run(
            2,
            { ranks -> Int in
                if ranks.isFirst {
                    _ = try ranks.agree(onStop: false)
                } else {
                    _ = try ranks.collect([1], counts: [1, 1])
                }
                return 0
            })
        {
            let error = #expect(throws: DistributionError.self) { try result.get() }
            #expect(error?.kindName == "out_of_step")
        }
    }

    @Test("Each rank gets its part of every rank's numbers")
    func exchange() throws {
        let results = ThreadRanks.run(3) { ranks in
            // Rank r has, for rank d, d + 1 numbers 10 r + d.
            let parts = (0..<3).flatMap { other in
                Array(repeating: Float(10 * ranks.rank + other), count: other + 1)
            }
            return try ranks.exchange(
                parts, sent: [1, 2, 3],
                received: Array(repeating: ranks.rank + 1, count: 3))
        }
        for (rank, result) in results.enumerated() {
            #expect(
                try result.get()
                    == (0..<3).flatMap {
                        Array(repeating: Float(10 * $0 + rank), count: rank + 1)
                    })
        }
    }

    @Test("Ranks of one machine share its processors; bound ones have their own")
    func threads() throws {
        let shared = ThreadRanks.run(2) { $0.fairThreads }
        #expect(try shared.map { try $0.get() } == [1, 1])
        let apart = ThreadRanks.run(2, hosts: ["a", "b"]) { $0.fairThreads }
        #expect(try apart.map { try $0.get() } == [2, 2])
        #expect(RankGroup().fairThreads == nil)
    }

    @Test("What was sent is counted, and the count begins anew")
    func times() throws {
        for result in ThreadRanks.run(
            2,
            { ranks in
                _ = try ranks.collect(Array(repeating: 1, count: 100), counts: [100, 100])
                ranks.count(compute: 2, tasks: 3)
                return [ranks.takeTimes(), ranks.takeTimes()]
            })
        {
            let times = try result.get()
            #expect(times[0].bytesSent == 400)
            #expect(times[0].compute == 2)
            #expect(times[0].tasks == 3)
            #expect(times[1] == RankTimes())
        }
    }
}
