import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite(
    "Real recordings",
    .enabled(
        if: SharedMaterial.isPresent("data/roam") && SharedMaterial.isPresent("data/roam-stroke"),
        "the shared recordings data/roam are not beside this checkout"))
struct RealRecordingsTests {
    @Test("twelve people are found, the files that are there twice once each")
    func search() throws {
        let found = SourceSearch.search([SharedMaterial.url("data/roam")], registry: .standard)
        #expect(found.refused == [])
        #expect(
            found.sources.map(\.identity.patient) == [
                "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p11", "p12", "p13", "p14", "p15",
            ])
        let twice = found.skipped.filter { $0.kind == .duplicateSource }
        #expect(twice.count == 5)
        #expect(twice.first?.location.file.hasSuffix("p11_111.csv") == true)
        #expect(found.skipped.count == 5)
    }

    @Test("recordings of 200 Hz are not held, not flat, and follow the protocol")
    func roam() throws {
        for source in SourceSearch.search([SharedMaterial.url("data/roam")], registry: .standard)
            .sources
        {
            let outcome = try ReaderRegistry.standard.read(source.url)
            let recording = outcome.recording
            #expect(recording.samplingRate.hertz == 200)
            #expect(recording.effectiveRate.hertz == 200, "\(source.identity)")
            #expect((10_000...12_000).contains(recording.sampleCount))
            #expect(recording.channels.count == 8)
            #expect(recording.segments.count == 1)
            #expect(CueCycles(try #require(recording.labels)).completeCycles == 4)
            #expect(
                outcome.warnings.allSatisfy { $0.kind == .saturation }, "\(outcome.warnings)")
            for interval in recording.quality where interval.kind == .saturation {
                let channel = try #require(interval.channel)
                #expect(recording.samples[interval.range.start, channel] >= 127)
            }
        }
    }

    @Test("the recording of a stroke patient is held at about 49 rows a second")
    func stroke() throws {
        let url = SharedMaterial.url("data/roam-stroke/2023_03_28_p7/p7_131.csv")
        let outcome = try ReaderRegistry.standard.read(url)
        let recording = outcome.recording
        #expect(recording.identity.id == "p7/2023_03_28_p7/131")
        #expect(recording.sampleCount == 6_118)
        #expect(recording.samplingRate.hertz == 100)
        #expect((48.5...49.5).contains(recording.effectiveRate.hertz))
        #expect(
            recording.labels?.runs.prefix(6).map(\.range.count)
                == [489, 423, 493, 524, 562, 465])
        #expect(CueCycles(try #require(recording.labels)).completeCycles == 3)
        #expect(outcome.warnings.map(\.kind) == [.heldSamples])
        #expect(recording.timeStamps?.first == 2.030_869_245)
        #expect(recording.quality == [])
    }
}
