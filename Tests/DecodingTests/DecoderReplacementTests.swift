import Decoding
import EMGArchive
import EMGFilters
import Testing

@Suite struct DecoderReplacementTests {
    /// Decides about samples in pieces, and goes on by another bundle from a sample on.
    private func decisions(
        _ samples: [Float], by first: DecoderBundle, then second: DecoderBundle, from place: Int,
        chunk: Int
    ) throws -> [DecidedWindow] {
        var decoder = try Decoder(first)
        var result: [DecidedWindow] = []
        let width = decoder.channelCount
        var row = 0
        while row * width < samples.count {
            let next = min(samples.count / width, row + chunk, row < place ? place : .max)
            if row == place { try decoder.replace(by: second) }
            decoder.feed(samples.span.extracting(row * width..<next * width)) { decision, numbers in
                result.append(
                    DecidedWindow(
                        decision: decision,
                        probabilities: numbers.indices.map { numbers[$0] }))
            }
            row = next
        }
        let isWaiting = decoder.isBeingReplaced
        #expect(!isWaiting)
        return result
    }

    @Test(
        arguments: [["dnn", "cnn"], ["cnn", "tcn"], ["tcn", "prior"], ["prior", "lda"]],
        [1, 7, 300])
    func `a bundle that takes over decides as if it had been fed from the beginning`(
        models: [String], chunk: Int
    ) throws {
        let samples = StreamFixture.samples(600)
        let (first, second) = (
            try StreamFixture.bundle(model: models[0]), try StreamFixture.bundle(model: models[1])
        )
        let length = first.input.window.length
        let alone = try [first, second].map {
            try DecidedWindow.all(of: samples, by: $0, chunk: 600)
        }
        let place = 413
        let decided = try decisions(samples, by: first, then: second, from: place, chunk: chunk)
        #expect(decided.map(\.decision.index) == alone[0].map(\.decision.index))
        #expect(decided.map(\.decision.sample) == alone[0].map(\.decision.sample))
        for (index, window) in decided.enumerated() {
            // From the first window on that lies behind the call as a whole.
            let isNew = window.decision.sample + 1 - length >= place
            #expect(window.probabilities == alone[isNew ? 1 : 0][index].probabilities)
        }
    }

    @Test func `a break in the stream does not let a bundle take over before its window is whole`()
        throws
    {
        let samples = StreamFixture.samples(600)
        var broken = samples
        broken[420 * 4] = .nan
        let first = try StreamFixture.bundle(model: "dnn")
        let second = try StreamFixture.bundle(model: "cnn")
        let alone = try DecidedWindow.all(of: broken, by: second, chunk: 600)
        let decided = try decisions(broken, by: first, then: second, from: 413, chunk: 5)
        let length = first.input.window.length
        for (index, window) in decided.enumerated() where window.decision.sample >= 420 {
            #expect(window.decision.output.state == alone[index].decision.output.state)
            if window.decision.sample >= 420 + length {
                #expect(window.probabilities == alone[index].probabilities)
            }
        }
    }

    @Test func `what the control layer remembers is kept when both have the same one`() throws {
        let samples = StreamFixture.samples(600)
        var bundle = try StreamFixture.bundle()
        bundle.control.vote = .decisions(9)
        let alone = try DecidedWindow.all(of: samples, by: bundle, chunk: 600)
        let decided = try decisions(samples, by: bundle, then: bundle, from: 413, chunk: 5)
        #expect(decided == alone)
    }

    @Test func `a bundle of another window is refused and nothing changes`() throws {
        let bundle = try StreamFixture.bundle()
        var other = bundle
        other.pipeline.stages = []
        var decoder = try Decoder(bundle)
        var fault: DecodingError?
        do throws(DecodingError) {
            try decoder.replace(by: other)
        } catch {
            fault = error
        }
        #expect(fault?.location == "replace")
        let isWaiting = decoder.isBeingReplaced
        #expect(!isWaiting)
    }
}
