import EMGArchive
import EMGEpisodes
import EMGSignal
import EMGTasks
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite("Episodes and sequences of tasks")
struct EpisodeTests {
    private func cache(_ study: borrowing StudyInFolder, budget: Int = 1 << 30) throws
        -> CollectionCache
    {
        CollectionCache(try CollectionFile.open(study.manifestURL), memoryBudget: budget)
    }

    @Test("a budget keeps what was used last, and gives the same tensors")
    func eviction() throws {
        let study = try StudyInFolder()
        let file = try CollectionFile.open(study.manifestURL)
        let ids = file.manifest.tasks.map(\.id)
        let one = try file.tensors(for: ids[0]).byteCount
        let cache = try cache(study, budget: 2 * one + one / 2)
        for id in [0, 1, 0, 2, 0, 1].map({ ids[$0] }) {
            #expect(try cache.tensors(for: id) == file.tensors(for: id))
            #expect(cache.byteCount <= cache.memoryBudget)
        }
        // 0, 1 and 2 are read; 1 went for 2, since 0 had been used later, and is read again.
        #expect(cache.readCount == 4)
        let none = try self.cache(study, budget: 0)
        for _ in 0..<3 { _ = try none.tensors(for: ids[0]) }
        #expect(none.readCount == 3 && none.byteCount == 0)
    }

    @Test("gathered windows are those of the signal, in order, behind what is there")
    func gathered() throws {
        let study = try StudyInFolder()
        let file = try CollectionFile.open(study.manifestURL)
        let tensors = try file.tensors(for: "p1/day1/111")
        let query = try CollectionEpisodes(file).episode("p1/day1/111").query
        #expect(query.labels == tensors.query.labels)
        var rows = [Float](repeating: -1, count: 5 + query.count * query.windowWidth)
        query.gather(Array(0..<query.count)[...], as: .channelMajor, into: &rows, at: 5)
        let expected = tensors.query.starts.flatMap { start in
            (0..<3).flatMap { channel in
                (Int(start)..<Int(start) + 20).map { tensors.signal[$0, channel] }
            }
        }
        #expect(rows.prefix(5).allSatisfy { $0 == -1 })
        #expect(Array(rows[5...]) == expected)
    }

    @Test("an episode has its shots and queries, relabeled, and no sample is in both parts")
    func fewShot() throws {
        var configuration = StudyInFolder.configuration
        configuration.window.length = .samples(8)
        configuration.window.stride = .samples(1)
        let study = try StudyInFolder(configuration)
        let cache = try cache(study)
        for ids in [["p1/day1/111"], cache.collection.manifest.splits.train] {
            let sampler = try FewShotSampler(cache, tasks: ids, ways: 2, shots: 1, queries: 2)
            var generator = SeededGenerator(seed: 4)
            var seen: Set<[UInt8]> = []
            for _ in 0..<60 {
                let state = generator
                let draw = try sampler.draw(using: &generator)
                var again = state
                #expect(try sampler.draw(using: &again) == draw)
                seen.insert(draw.classes)
                #expect(Set(draw.classes).count == 2)
                #expect(draw.support.map(\.label).sorted() == [0, 1])
                #expect(draw.query.map(\.label).sorted() == [0, 0, 1, 1])
                for query in draw.query {
                    for support in draw.support where support.task == query.task {
                        // A window of 8 and a guard of 8.
                        #expect(abs(support.start - query.start) >= 16)
                    }
                }
                for window in draw.support + draw.query {
                    let tensors = try cache.tensors(for: ids[window.task])
                    let all = zip(
                        tensors.support.starts + tensors.query.starts,
                        tensors.support.labels + tensors.query.labels)
                    let label = all.first { Int($0.0) == window.start }?.1
                    #expect(label == draw.classes[window.label])
                }
            }
            #expect(seen.count == 6)
        }
    }

    @Test("what cannot be drawn is said")
    func tooFew() throws {
        let study = try StudyInFolder()
        let cache = try cache(study)
        let ids = ["p1/day1/111"]
        #expect(throws: TaskError.self) {
            try FewShotSampler(cache, tasks: ids, ways: 4, shots: 1, queries: 1)
        }
        #expect(throws: TaskError.self) {
            let sampler = try FewShotSampler(cache, tasks: ids, ways: 3, shots: 8, queries: 5)
            var generator = SeededGenerator(seed: 1)
            _ = try sampler.draw(using: &generator)
        }
    }

    @Test("sequences follow each patient's sessions, or are drawn without repeats")
    func sequences() throws {
        let study = try StudyInFolder { recordings in
            for (session, condition) in [("day10", "111"), ("day2", "131"), ("day2", "111")] {
                var other = try StudyInFolder.recording(
                    1,
                    seed: UInt64(
                        session.utf8.count * 100 + condition.utf8.reduce(0) { $0 + Int($1) }))
                other.identity = try RecordingIdentity(
                    patient: "p1", session: session, condition: condition)
                recordings.append(other)
            }
        }
        let manifest = study.report.manifest
        let sequences = TaskSequence.byPatient(manifest.splits.train, of: manifest)
        #expect(
            sequences.map(\.ids) == [
                ["p1/day1/111", "p1/day2/111", "p1/day2/131", "p1/day10/111"], ["p4/day1/111"],
            ])
        let ids = manifest.tasks.map(\.id)
        let drawn = TaskSequence.drawn(from: ids, length: 4, count: 20, seed: 8)
        #expect(drawn.allSatisfy { Set($0.ids).count == 4 })
        #expect(drawn == TaskSequence.drawn(from: ids, length: 4, count: 20, seed: 8))
        #expect(Set(drawn).count > 10)
    }
}
