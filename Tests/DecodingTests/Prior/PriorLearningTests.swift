import Decoding
import Foundation
import MetaLearning
import Testing

@Suite("Learning a prior for a decoder")
struct PriorLearningTests {
    @Test func `fewer than two people with all classes are refused with their number`() throws {
        let form = WindowForm(channelCount: 8, windowLength: 40, classCount: 3)
        let one = try BandPeople.person(1)
        let error = #expect(throws: MetaLearningError.self) {
            try PriorLearning.learn(from: [one], form: form, isRing: true, at: "c")
        }
        #expect("\(try #require(error))".contains("at least two people"))
    }

    @Test func `two people are enough, and nobody plays the new one then`() throws {
        let learning = try BandPeople.learned(turns: [0, 0])
        #expect(learning.rehearsed.isEmpty && learning.model.temperature == 1)
        #expect(try BandPeople.learned(turns: [0, 0, 0]).rehearsed.count == 3)
    }

    @Test func `training people tell whether channels are a ring when nobody says it`() throws {
        // People who wore the band as they liked are decided about better when it may be turned.
        let turned = try BandPeople.learned(isRing: nil, turns: [0, 3, 5, 1, 6, 2])
        #expect(turned.model.features.settings.isRing)
        #expect(turned.rehearsed.allSatisfy { $0 > 0.9 })
        let plain = try BandPeople.learned(isRing: false, turns: [0, 3, 5, 1, 6, 2])
        #expect(!plain.model.features.settings.isRing)
    }

    @Test(
        arguments: [
            (8, 1, 3, true, "at least 2 samples"), (1, 40, 3, true, "a ring of 2 to 64"),
            (65, 40, 3, true, "a ring of 2 to 64"), (8, 40, 100, false, "at most 2048 numbers"),
        ])
    func `windows of which no prior can be learned are refused`(
        channels: Int, length: Int, classes: Int, isRing: Bool, words: String
    ) throws {
        let silent = try WindowSet(
            signal: [Float](repeating: 0, count: channels * 80), channelCount: channels,
            windowLength: 2, starts: [0, 40], labels: [0, 1]
        ).channelRepetitions()
        let person = PriorPerson(sessions: [
            PriorPerson.Session(support: silent, query: silent)
        ])
        let error = #expect(throws: MetaLearningError.self) {
            try PriorLearning.learn(
                from: [person, person],
                form: WindowForm(
                    channelCount: channels, windowLength: length, classCount: classes),
                isRing: isRing, at: "c")
        }
        #expect("\(try #require(error))".contains(words), "\(String(describing: error))")
    }
}
