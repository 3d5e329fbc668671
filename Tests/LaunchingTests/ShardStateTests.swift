import Launching
import Testing

@Suite("The state of a shard")
struct ShardStateTests {
    private static let submission = JobSubmission(stage: "shards", job: "7", shards: [3], time: 0)

    /// Lines that a shard tells: `s` begins, a number is the status at the end, `@` is an earlier job.
    private static func events(_ story: String) -> [ShardEvent] {
        let lines = story.split(separator: " ").map { word in
            let job = word.hasPrefix("@") ? "6" : "7"
            let what = word.drop { $0 == "@" }
            let tail = #""job": "\#(job)", "time": 5, "host": "n1", "process": 12"#
            return what == "s"
                ? #"{"event": "start", \#(tail)}"#
                : #"{"event": "end", \#(tail), "status": \#(what)}"#
        }
        return ShardEvent.events(in: lines.joined(separator: "\n"), name: "events")
    }

    private static func slurm(_ word: String?) -> ShardState.Runner {
        var listing = SlurmListing()
        if let word { listing.add(queue: "7_3|\(word)\n") }
        return .slurm(listing)
    }

    private static let killed = ShardState.failed(
        reason: "it ended without a word: it was killed, or its node failed")

    @Test(
        "what the shard told and what Slurm says give the state",
        arguments: [
            ("", "PENDING|Priority", .pending(reason: "Priority")), ("", "RUNNING|None", .running),
            ("s", "RUNNING|None", .running), ("s", "COMPLETING|None", .running),
            // The shard ended after Slurm was asked.
            ("s 0", "RUNNING|None", .done), ("s 1", "RUNNING|None", .refused), ("s 0", nil, .done),
            ("s 0", "COMPLETED|None", .done), ("s 1", nil, .refused),
            ("s 143", nil, .failed(reason: "it was ended by signal 15")),
            ("s 130", nil, .failed(reason: "it was stopped, and has saved what it had")),
            ("s 3", nil, .failed(reason: "it ended with status 3")),
            ("s 143", "TIMEOUT|TimeLimit", .failed(reason: "its time was over")),
            ("s", nil, killed), ("s", "FAILED|NonZeroExitCode", killed),
            (
                "s", "OUT_OF_MEMORY|OutOfMemory",
                .failed(reason: "it needed more memory than it asked for")
            ),
            ("s", "NODE_FAIL|NodeDown", .failed(reason: "its node failed")),
            ("s", "PREEMPTED|None", .failed(reason: "a job of more importance took its place")),
            ("s", "CANCELLED|None", .canceled), ("", "CANCELLED|None", .canceled),
            ("", nil, .failed(reason: "it is not in the queue and never began")),
            (
                "", "FAILED|JobLaunchFailure",
                .failed(reason: "it ended before its script began: FAILED")
            ),
            // Requeued by Slurm, as after the failure of a node.
            ("s", "PENDING|BeginTime", .pending(reason: "BeginTime")),
            ("s 143 s", "RUNNING|None", .running),
            ("s 143 s 0", "RUNNING|None", .done),
            // An earlier job tells nothing of this one.
            ("@s @1", "PENDING|Priority", .pending(reason: "Priority")),
            ("@s @0 s", "RUNNING|None", .running),
            // A word of a later version of Slurm.
            ("", "HIBERNATING|None", .running),
        ] as [(String, String?, ShardState)])
    func slurm(story: String, word: String?, state: ShardState) {
        #expect(
            ShardState(Self.events(story), Self.submission, shard: 3, runner: Self.slurm(word))
                == state)
    }

    @Test(
        "without an answer of Slurm the shard's own words count",
        arguments: [
            ("", .pending(reason: "Slurm does not answer")), ("s", .running), ("s 0", .done),
            ("s 2", .failed(reason: "it ended with status 2")),
        ] as [(String, ShardState)])
    func silence(story: String, state: ShardState) {
        #expect(
            ShardState(Self.events(story), Self.submission, shard: 3, runner: .slurm(nil)) == state)
    }

    @Test(
        "on this machine a shard is as alive as who started it",
        arguments: [
            ("", true, .pending(reason: "")), ("", false, .canceled), ("s", true, .running),
            ("s", false, .failed(reason: "it ended without a word, as did who started it")),
            ("s 0", true, .done), ("s 0", false, .done),
        ] as [(String, Bool, ShardState)])
    func local(story: String, isAlive: Bool, state: ShardState) {
        #expect(
            ShardState(
                Self.events(story), Self.submission, shard: 3, runner: .local(isAlive: isAlive))
                == state)
    }

    @Test("what failed after it was canceled was canceled")
    func canceled() {
        var submission = Self.submission
        submission.isCanceled = true
        for (story, state) in [("s 143", ShardState.canceled), ("s 0", .done), ("", .canceled)] {
            #expect(
                ShardState(Self.events(story), submission, shard: 3, runner: Self.slurm(nil))
                    == state)
        }
    }

    @Test("half a line, as a killed process leaves it, tells nothing")
    func half() {
        let whole = #"{"event": "start", "job": "7", "time": 5, "host": "n1", "process": 12}"#
        let events = ShardEvent.events(in: whole + "\n" + whole.prefix(30), name: "events")
        #expect(events.map(\.kind) == [.start])
        #expect(events.first?.host == "n1")
    }
}
