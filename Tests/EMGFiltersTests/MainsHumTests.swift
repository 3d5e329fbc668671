import EMGFilters
import EMGSignal
import Foundation
import Spectra
import Testing

@Suite("Mains hum")
struct MainsHumTests {
    private func signal(
        seconds: Double, rate: Double, hum: Double, at frequency: Double, seed: UInt64 = 1
    ) -> [Double] {
        Recordings.doubles(Int(seconds * rate), seed: seed).enumerated().map { index, noise in
            noise + hum * sin(2 * .pi * frequency * Double(index) / rate + 0.7)
        }
    }

    @Test(
        "hum is found at its frequency with its amplitude", arguments: [50.0, 60],
        [200.0, 1_000, 2_000])
    func present(frequency: Double, rate: Double) throws {
        let found = MainsHum.measure(
            signal(seconds: 20, rate: rate, hum: 40, at: frequency),
            samplingRate: try SamplingRate(hertz: rate))
        #expect(found.map(\.frequency) == [50, 60])
        for hum in found {
            #expect(hum.isPresent == (hum.frequency == frequency))
            if hum.frequency == frequency {
                #expect(abs(hum.amplitude - 40) < 4)
                #expect(hum.level > 8)
            } else {
                #expect(hum.amplitude < 10)
            }
        }
    }

    @Test("a network half a hertz off is found", arguments: [49.5, 49.8, 50.3, 50.5])
    func drifted(frequency: Double) throws {
        let found = MainsHum.measure(
            signal(seconds: 20, rate: 1_000, hum: 40, at: frequency),
            samplingRate: try SamplingRate(hertz: 1_000))
        #expect(found[0].isPresent)
        #expect(abs(found[0].amplitude - 40) < 6)
        #expect(!found[1].isPresent)
    }

    @Test("noise alone is not taken for hum", arguments: [1.0, 2, 3, 5, 10, 30])
    func absent(seconds: Double) throws {
        var alarms = 0
        for seed in UInt64(0)..<100 {
            let found = MainsHum.measure(
                signal(seconds: seconds, rate: 500, hum: 0, at: 50, seed: seed),
                samplingRate: try SamplingRate(hertz: 500))
            #expect(found.count == 2)
            alarms += found.count { $0.isPresent }
        }
        #expect(alarms <= 2)
    }

    @Test("what a low-pass has left of hum is not reported as hum", arguments: [50.0, 60])
    func filteredAway(frequency: Double) throws {
        // A slow envelope, smooth beyond the rounding of single precision, and a trace of the line.
        let envelope = (0..<20_000).map { index in
            100 + 50 * sin(2 * .pi * 0.5 * Double(index) / 1_000)
        }
        for (amplitude, isHum) in [(2.5e-5, false), (5, true)] {
            let samples = envelope.enumerated().map { index, value in
                value + amplitude * sin(2 * .pi * frequency * Double(index) / 1_000)
            }
            let found = MainsHum.measure(samples, samplingRate: try SamplingRate(hertz: 1_000))
            #expect(found.first { $0.frequency == frequency }?.isPresent == isHum)
        }
    }

    @Test("only lines below Nyquist are measured")
    func nyquist() throws {
        func lines(_ rate: Double) throws -> [Double] {
            MainsHum.measure(
                Recordings.doubles(Int(10 * rate)), samplingRate: try SamplingRate(hertz: rate)
            ).map(\.frequency)
        }
        #expect(try lines(100) == [])
        #expect(try lines(110) == [50])
        #expect(try lines(200) == [50, 60])
    }

    @Test("a signal too short to tell gives no measurement")
    func tooShort() throws {
        let rate = try SamplingRate(hertz: 1_000)
        #expect(MainsHum.measure(Recordings.doubles(999), samplingRate: rate).isEmpty)
        #expect(MainsHum.measure([], samplingRate: rate).isEmpty)
        #expect(MainsHum.measure(Recordings.doubles(1_000), samplingRate: rate).count == 2)
    }

    @Test("silence has no hum and pure hum has a finite level")
    func extremes() throws {
        let rate = try SamplingRate(hertz: 1_000)
        for hum in MainsHum.measure([Double](repeating: 0, count: 5_000), samplingRate: rate) {
            #expect(
                hum == MainsHum(frequency: hum.frequency, amplitude: 0, level: 0, isPresent: false))
        }
        let pure = (0..<5_000).map { sin(2 * .pi * 50 * Double($0) / 1_000) }
        let found = MainsHum.measure(pure, samplingRate: rate)
        #expect(found[0].isPresent && found[0].level <= 150)
        #expect(abs(found[0].amplitude - 1) < 1e-6)
        #expect(!found[1].isPresent)
    }

    @Test("samples that are not finite are passed over")
    func notFinite() throws {
        let rate = try SamplingRate(hertz: 1_000)
        var samples = signal(seconds: 20, rate: 1_000, hum: 40, at: 50)
        samples[5_000] = .nan
        samples[12_345] = .infinity
        let found = MainsHum.measure(samples, samplingRate: rate)
        #expect(found[0].isPresent && abs(found[0].amplitude - 40) < 4)
        let broken = [Double](repeating: .nan, count: 5_000)
        #expect(MainsHum.measure(broken, samplingRate: rate).isEmpty)
    }
}
