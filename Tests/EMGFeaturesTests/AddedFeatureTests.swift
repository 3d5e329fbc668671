import Documents
import EMGFeatures
import EMGSignal
import Foundation
import Testing

// What a package outside would write: public names only.

/// A number of the spectrum and one of the model together.
private struct SpectralShape: Feature {
    static let key = "shape"
    static let fullName = "spectral shape"
    static let documentation = "Peak frequency and first coefficient of the model."
    static let unit = FeatureUnit.none
    static let fields: Fields<Self> = []

    var count: Int { 2 }
    var needs: Set<SharedNumber> { [.spectrum, .model(order: 2)] }

    func append(
        _ window: Span<Double>, _ shared: SharedNumbers, to numbers: inout [Double]
    ) {
        let bins = shared.power.bins
        let peak = bins.indices.max { bins[$0] < bins[$1] } ?? 0
        numbers.append(Double(peak) * shared.power.resolution)
        numbers.append(shared.autoregressiveCoefficients(order: 1)[0])
    }
}

/// How often a sample is above a level together with both samples after it.
private struct Bursts: CountingFeature {
    var level = 1.0

    static let key = "bursts"
    static let fullName = "bursts"
    static let documentation = "Samples above a level, the next two, too."
    static let fields: Fields<Self> = [Field("level", \.level, .number(), "The level.")]
    static let mainField: String? = "level"
    static let reach = 0...2

    func counts(_ signal: Span<Double>, at index: Int) -> Bool {
        (0...2).allSatisfy { signal[index + $0] > level }
    }
}

@Suite("A feature of a package outside")
struct AddedFeatureTests {
    private static var kinds: Kinds {
        var kinds = Kinds()
        kinds.add(feature: SpectralShape.self)
        kinds.add(feature: Bursts.self)
        return kinds
    }

    @Test("it is computed beside the library's, and shares what they share")
    func computed() throws {
        let rate = try SamplingRate(hertz: 1_000)
        let signal = (0..<512).map { sin(2 * .pi * 125 * Double($0) / 1_000) + 0.01 }
        let list = try FeatureList("bursts:0.5,mnf,shape,ar:1", kinds: Self.kinds)
        let found = try SlidingFeatures(
            list.features, window: 64, stride: 16, samplingRate: rate
        ).compute(signal, channelCount: 1)
        #expect(found.count == 29 * 5)
        for window in 0..<29 {
            let samples = Array(signal[window * 16..<window * 16 + 64])
            let bursts = (0..<62).count { start in
                samples[start...start + 2].allSatisfy { $0 > 0.5 }
            }
            let row = Array(found[window * 5..<window * 5 + 5])
            #expect(row[0] == Double(bursts))
            #expect(row[2] == 125)
            #expect(row[3] == row[4])
        }
    }

    @Test("it is in the schema, and a misspelled name of it is corrected")
    func named() {
        let text = FeatureList.schemaDocument(with: Self.kinds).document.json(.canonical)
        #expect(text.contains("\"bursts\":{"))
        #expect(!FeatureList.schemaDocument().document.json(.canonical).contains("bursts"))
        let error = #expect(throws: FeatureError.self) {
            try FeatureList("burst", kinds: Self.kinds)
        }
        #expect(error?.hint == "did you mean \"bursts\"?")
    }
}
