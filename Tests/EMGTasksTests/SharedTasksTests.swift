import EMGArchive
import EMGEpisodes
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Tasks that are read ahead or were checked elsewhere")
struct SharedTasksTests {
    @Test("a task that was read ahead is not read again, and is the same")
    func ahead() throws {
        let study = try StudyInFolder()
        let file = try CollectionFile.open(study.manifestURL)
        let ids = file.manifest.tasks.map(\.id)
        let cache = CollectionCache(file, memoryBudget: 1 << 30)
        cache.prefetch(ids)
        for id in ids { #expect(try cache.tensors(for: id) == file.tensors(for: id)) }
        #expect(cache.readCount == ids.count)
        cache.prefetch(ids)
        for id in ids { _ = try cache.tensors(for: id) }
        #expect(cache.readCount == ids.count)
    }

    @Test("without memory for tasks nothing is read ahead")
    func noMemory() throws {
        let study = try StudyInFolder()
        let file = try CollectionFile.open(study.manifestURL)
        let ids = file.manifest.tasks.map(\.id)
        let cache = CollectionCache(file, memoryBudget: 0)
        cache.prefetch(ids)
        _ = try cache.tensors(for: ids[0])
        #expect(cache.readCount == 1 && cache.byteCount == 0)
    }

    @Test("a task that cannot be read ahead says so when it is asked for")
    func damaged() throws {
        let study = try StudyInFolder()
        let file = try CollectionFile.open(study.manifestURL)
        let ids = file.manifest.tasks.map(\.id)
        let cache = CollectionCache(file, memoryBudget: 1 << 30)
        try FileManager.default.removeItem(
            at: file.manifestURL.deletingPathExtension().appendingPathExtension("h5"))
        cache.prefetch(ids)
        #expect(throws: ArchiveError.self) { try cache.tensors(for: ids[0]) }
    }

    @Test("a task is checked until another process of the machine has checked it")
    func checked() throws {
        let study = try StudyInFolder()
        let file = try CollectionFile.open(study.manifestURL)
        let ids = file.manifest.tasks.map(\.id)
        let first = try CollectionEpisodes(file)
        let second = try CollectionEpisodes(file)
        _ = try first.episode(ids[0])
        _ = try first.episode(ids[1])
        let checked = first.takeChecked()
        #expect(checked == [ids[0], ids[1]])
        #expect(first.takeChecked().isEmpty)
        second.trust(checked)
        let (own, other) = (try first.episode(ids[0]), try second.episode(ids[0]))
        #expect(own.query.labels == other.query.labels)
        _ = try second.episode(ids[2])
        #expect(second.takeChecked() == [ids[2]])
    }

    @Test("how many windows a task has is known without reading it")
    func counts() throws {
        let study = try StudyInFolder()
        let file = try CollectionFile.open(study.manifestURL)
        let source = try CollectionEpisodes(file)
        for task in file.manifest.tasks {
            let counts = try #require(source.windowCounts(of: task.id))
            let episode = try source.episode(task.id)
            #expect(counts == (episode.support.count, episode.query.count))
        }
        #expect(source.windowCounts(of: "nobody") == nil)
    }
}
