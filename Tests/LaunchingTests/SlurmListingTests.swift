import Launching
import Testing

@Suite("Listings of Slurm")
struct SlurmListingTests {
    @Test("a queue that lists each task tells the state of each")
    func array() {
        var listing = SlurmListing()
        listing.add(
            queue: """
                17_3|PENDING|JobArrayTaskLimit
                17_2|RUNNING|None
                17_1|FAILED|NonZeroExitCode
                18|PENDING|Dependency

                """)
        #expect(listing.entry(of: "17", index: 1)?.state == .failed)
        #expect(listing.entry(of: "17", index: 2)?.state == .running)
        #expect(listing.entry(of: "17", index: 2)?.reason == "")
        #expect(listing.entry(of: "17", index: 3)?.reason == "JobArrayTaskLimit")
        #expect(listing.entry(of: "18", index: nil)?.reason == "Dependency")
        #expect(listing.entry(of: "18", index: 1) == nil)
        #expect(listing.entry(of: "17", index: 4) == nil)
    }

    @Test("a queue that puts tasks together tells the state of each as well")
    func compressed() {
        var listing = SlurmListing()
        listing.add(queue: "1_[5-16%2]|PENDING|JobArrayTaskLimit\n1_4|COMPLETING|None\n")
        for index in 5...16 { #expect(listing.entry(of: "1", index: index)?.state == .pending) }
        #expect(listing.entry(of: "1", index: 4)?.state?.phase == .running)
        #expect(listing.entry(of: "1", index: 3) == nil)
    }

    @Test("what the queue says counts more than the accounting")
    func both() {
        var listing = SlurmListing()
        listing.add(queue: "1_1|RUNNING|None\n")
        listing.add(
            accounting: """
                1_1|NODE_FAIL
                1_2|CANCELLED by 0
                1_3|OUT_OF_MEMORY
                1_[4-6%2]|PENDING
                1_1.batch|CANCELLED
                """)
        #expect(listing.entry(of: "1", index: 1)?.state == .running)
        #expect(listing.entry(of: "1", index: 2)?.state == .canceled)
        #expect(listing.entry(of: "1", index: 3)?.state == .outOfMemory)
        #expect(listing.entry(of: "1", index: 6)?.state == .pending)
    }

    @Test("lines that are none are passed over")
    func noise() {
        var listing = SlurmListing()
        listing.add(queue: "\nslurm_load_jobs error: Invalid job id specified\nx|RUNNING|None\n5\n")
        #expect(listing == SlurmListing())
    }

    @Test(
        "every state is waiting, running or over",
        arguments: [
            ("PENDING", SlurmState.Phase.waiting), ("REQUEUED", .waiting),
            ("CONFIGURING", .waiting),
            ("RUNNING", .running), ("COMPLETING", .running), ("SUSPENDED", .running),
            ("COMPLETED", .over), ("FAILED", .over), ("TIMEOUT", .over), ("OUT_OF_MEMORY", .over),
            ("NODE_FAIL", .over), ("PREEMPTED", .over), ("CANCELLED by 1000", .over),
            ("CANCELLED+", .over), ("BOOT_FAIL", .over), ("DEADLINE", .over),
        ])
    func phases(word: String, phase: SlurmState.Phase) throws {
        #expect(try #require(SlurmState(parsing: word)).phase == phase)
    }

    @Test("a word of a later version is no state")
    func unknown() { #expect(SlurmState(parsing: "HIBERNATING") == nil) }
}
