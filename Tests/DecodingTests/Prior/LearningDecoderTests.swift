import Decoding
import MetaLearning
import Testing

@Suite("A decoder that goes on learning")
struct LearningDecoderTests {
    private static let query = BandPeople.later(9)

    /// The features of all windows of the query.
    private static func rows(_ model: PriorModel) throws -> [Double] {
        let starts = Array(
            stride(from: 0, through: query.labels.count - 40, by: BandPeople.stride))
        let windows = try WindowSet(
            signal: query.samples, channelCount: 8, windowLength: 40, starts: starts,
            labels: starts.map { _ in 0 })
        return windows.channelRepetitions().map(model.features.repetition).flatMap(\.rows)
    }

    @Test func `without labels it learns as the classifier does from how probable classes are`()
        throws
    {
        let model = try BandPeople.model("learning")
        let decided = try DecidedWindow.all(
            of: Self.query.samples, by: BandPeople.bundle(model), chunk: 10)
        var classifier = model.classifier
        let updates = try #require(model.updates)
        let (rows, width) = (try Self.rows(model), model.prior.width)
        let expected = stride(from: 0, to: rows.count, by: width).enumerated().map {
            number, first in
            let row = Array(rows[first..<first + width])
            let classes = classifier.probabilities(of: row)[0]
            if number.isMultiple(of: updates.interval) {
                classifier.update(row, classes: classes, share: updates.share)
            }
            return classes
        }
        #expect(decided.map(\.probabilities) == expected)
        var still = model
        still.updates = nil
        let other = try DecidedWindow.all(
            of: Self.query.samples, by: BandPeople.bundle(still), chunk: 10)
        #expect(decided[0] == other[0] && decided.last != other.last)
    }

    @Test func `a class that a program tells is learned before the next decision, and once`()
        throws
    {
        let model = try BandPeople.model("one class")
        var decoder = try Decoder(BandPeople.bundle(model))
        let learns = decoder.learns
        #expect(learns)
        var classifier = model.classifier
        let rows = try Self.rows(model)
        let width = model.prior.width
        var place = 0
        for first in stride(from: 0, to: Self.query.samples.count, by: 80) {
            var decided: [Double]?
            var label = 0
            decoder.feed(Self.query.samples.span.extracting(first..<first + 80)) {
                decision, probabilities in
                decided = probabilities.indices.map { probabilities[$0] }
                label = Int(Self.query.labels[decision.sample])
            }
            guard let decided else { continue }
            let row = Array(rows[place * width..<(place + 1) * width])
            #expect(decided == classifier.probabilities(of: row)[0])
            if place.isMultiple(of: 3) {
                try decoder.learn(label)
                #expect(throws: DecodingError.self) { try decoder.learn(label) }
                classifier.update(row, label: label, share: 0.1)
            }
            place += 1
        }
        #expect(place == rows.count / width)
    }

    /// The mean share of right decisions about the second half of what strangers do.
    private static func accuracy(isTold: Bool) throws -> Double {
        let shares = try BandPeople.strangers.map { person in
            let query = BandPeople.later(person)
            var decoder = try Decoder(BandPeople.bundle(BandPeople.model("nobody")))
            var (right, count) = (0, 0)
            for first in stride(from: 0, to: query.samples.count, by: 80) {
                var label: Int?
                decoder.feed(query.samples.span.extracting(first..<first + 80)) { decision, _ in
                    let own = Int(query.labels[decision.sample])
                    label = own
                    guard decision.sample >= query.labels.count / 2 else { return }
                    right += decision.likeliestClass == own ? 1 : 0
                    count += 1
                }
                if isTold, let label { try decoder.learn(label) }
            }
            return Double(right) / Double(count)
        }
        return shares.reduce(0, +) / Double(shares.count)
    }

    @Test func `a decoder of nobody becomes the person's by being told classes`() throws {
        let (still, told) = (
            try Self.accuracy(isTold: false), try Self.accuracy(isTold: true)
        )
        #expect(told > still + 0.1 && told > 0.85, "\(still) \(told)")
    }

    @Test func `what cannot be learned is refused with a reason`() throws {
        func message(_ learn: () throws -> Void) -> String {
            do { try learn() } catch { return "\(error)" }
            return "learned"
        }
        var fixed = try Decoder(BandPeople.bundle(BandPeople.sample.bundle.model))
        fixed.feed(Self.query.samples.span.extracting(0..<40 * 8)) { _, _ in }
        let learns = fixed.learns
        #expect(!learns)
        #expect(message { try fixed.learn(0) }.contains("does not learn"))
        fixed.finishLearning()

        var decoder = try Decoder(BandPeople.bundle(BandPeople.model("person")))
        #expect(message { try decoder.learn(0) }.contains("no window"))
        decoder.feed(Self.query.samples.span.extracting(0..<40 * 8)) { _, _ in }
        #expect(message { try decoder.learn(3) }.contains("from 0 to 2"))
        #expect(message { try decoder.learn(-1) }.contains("from 0 to 2"))
        decoder.interrupt()
        decoder.feed(Self.query.samples.span.extracting(0..<10 * 8)) { _, _ in }
        #expect(message { try decoder.learn(0) }.contains("no window"))
    }

    @Test func `updates are switched on and off in bundles of priors alone`() throws {
        var bundle = try BandPeople.bundle(BandPeople.model("person"))
        let before = bundle.sha256
        try bundle.setUpdates(true, at: "b")
        // Windows of 40 samples every 10: of four that overlap, one.
        #expect((bundle.model as? PriorModel)?.updates?.interval == 4)
        #expect(bundle.sha256 != before)
        try bundle.setUpdates(false, at: "b")
        #expect(bundle.sha256 == before)
        var network = try BandPeople.sample.bundle
        #expect(throws: DecodingError.self) { try network.setUpdates(true, at: "b") }
    }
}
