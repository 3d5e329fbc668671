import ComplexModule
import EMGFilters
import EMGSignal
import Foundation
import RealModule
import Testing

@Suite("Butterworth designs")
struct ButterworthTests {
    private func rate(_ hertz: Double) throws -> SamplingRate { try SamplingRate(hertz: hertz) }

    private func all(order: Int, rate: SamplingRate) throws -> [FilterDesign] {
        let nyquist = rate.nyquist
        return [
            try Butterworth.lowPass(cutoff: 0.2 * nyquist, order: order, samplingRate: rate),
            try Butterworth.highPass(cutoff: 0.05 * nyquist, order: order, samplingRate: rate),
            try Butterworth.bandPass(
                low: 0.02 * nyquist, high: 0.45 * nyquist, order: order, samplingRate: rate),
            try Butterworth.bandStop(
                low: 0.1 * nyquist, high: 0.3 * nyquist, order: order, samplingRate: rate),
        ]
    }

    @Test("magnitudes are those of the closed form", arguments: 1...12)
    func closedForm(order: Int) throws {
        let rate = try rate(2_000)
        func tangent(_ hertz: Double) -> Double { tan(.pi * hertz / rate.hertz) }
        let low = try Butterworth.lowPass(cutoff: 37, order: order, samplingRate: rate)
        let high = try Butterworth.highPass(cutoff: 37, order: order, samplingRate: rate)
        let pass = try Butterworth.bandPass(low: 20, high: 450, order: order, samplingRate: rate)
        let stop = try Butterworth.bandStop(low: 20, high: 450, order: order, samplingRate: rate)
        for hertz in [0.01, 1, 19, 20, 36.9, 37, 80, 449, 450, 700, 999] {
            let single = tangent(hertz) / tangent(37)
            let band =
                (tangent(hertz) * tangent(hertz) - tangent(20) * tangent(450))
                / (tangent(hertz) * (tangent(450) - tangent(20)))
            for (design, ratio) in [
                (low, single), (high, 1 / single), (pass, band), (stop, 1 / band),
            ] {
                let expected = 1 / (1 + pow(ratio, Double(2 * order))).squareRoot()
                let found = design.magnitude(atHertz: hertz)
                #expect(
                    abs(found - expected) <= 1e-12, "\(design.shape.name) at \(hertz) Hz")
            }
        }
    }

    @Test("0 Hz and Nyquist pass fully or not at all", arguments: 1...12)
    func ends(order: Int) throws {
        let designs = try all(order: order, rate: rate(1_000))
        let expected = [(1.0, 0.0), (0, 1), (0, 0), (1, 1)]
        for (design, (atZero, atNyquist)) in zip(designs, expected) {
            #expect(abs(design.magnitude(atHertz: 0) - atZero) <= 1e-14)
            #expect(abs(design.magnitude(atHertz: 500) - atNyquist) <= 1e-14)
        }
    }

    @Test("cut-offs are at -3 dB after one pass and at -6 dB after two", arguments: 1...12)
    func cutoffs(order: Int) throws {
        for design in try all(order: order, rate: rate(2_048)) {
            for cutoff in design.shape.statedCutoffs {
                #expect(abs(design.magnitude(atHertz: cutoff) - 0.5.squareRoot()) <= 1e-12)
            }
            #expect(
                zip(design.halfPowerCutoffs(passes: 1), design.shape.statedCutoffs)
                    .allSatisfy { abs($0 - $1) <= 1e-10 })
            for cutoff in design.halfPowerCutoffs(passes: 2) {
                let twice = pow(design.magnitude(atHertz: cutoff), 2)
                #expect(abs(twice - 0.5.squareRoot()) <= 1e-12)
            }
        }
    }

    @Test("as many poles as the order says, inside the unit circle", arguments: 1...20)
    func poles(order: Int) throws {
        let designs = try all(order: order, rate: rate(2_000))
        for (design, count) in zip(designs, [order, order, 2 * order, 2 * order]) {
            #expect(design.poles.count == count)
            #expect(design.zeros.count == count)
            #expect(design.poles.allSatisfy { $0.length < 1 })
        }
    }

    @Test("the recursion has the designed response", arguments: 1...12)
    func recursion(order: Int) throws {
        for design in try all(order: order, rate: rate(2_000)) {
            for hertz in stride(from: 0.0, through: 1_000, by: 12.5) {
                let found = design.sections.magnitude(atHertz: hertz, rate: 2_000)
                #expect(abs(found - design.magnitude(atHertz: hertz)) <= 1e-11)
            }
        }
    }

    @Test("the group delay is the slope of the phase", arguments: [1, 2, 3, 4, 7])
    func groupDelay(order: Int) throws {
        let rate = try rate(1_000)
        for design in try all(order: order, rate: rate) {
            for hertz in [33.0, 90, 140, 300] {
                func phase(_ hertz: Double) -> Double {
                    let z = Complex(length: 1, phase: -2 * .pi * hertz / rate.hertz)
                    return design.sections.sections.reduce(Complex<Double>.one) { response, s in
                        let top = Complex(s.b0) + Complex(s.b1) * z + Complex(s.b2) * z * z
                        let bottom = Complex(1) + Complex(s.a1) * z + Complex(s.a2) * z * z
                        return response * top / bottom
                    }.phase
                }
                let step = 1e-3
                var turn = phase(hertz + step) - phase(hertz - step)
                if turn > .pi { turn -= 2 * .pi }
                if turn < -.pi { turn += 2 * .pi }
                let slope = -turn / (2 * .pi * 2 * step / rate.hertz)
                #expect(abs(design.groupDelay(atHertz: hertz) - slope) <= 1e-4 * (1 + abs(slope)))
            }
        }
    }

    @Test("the response dies down to the level that the settling time states", arguments: 1...6)
    func settling(order: Int) throws {
        for design in try all(order: order, rate: rate(2_000)) {
            for level in [1e-1, 1e-3, 1e-9] {
                let count = design.settling(level: level, passes: 1)
                var response = [Double](repeating: 0, count: 20_000)
                response[0] = 1
                var filter = IIRFilter(design.sections, channelCount: 1)
                filter.process(&response)
                let whole = response.reduce(0) { $0 + abs($1) }
                let tail = response[count...].reduce(0) { $0 + abs($1) }
                #expect(tail <= level * whole * (1 + 1e-9))
                if count > 0 {
                    #expect(tail + abs(response[count - 1]) > level * whole * (1 - 1e-9))
                }
            }
        }
    }

    @Test("a response too long to be computed has a settling time from its poles")
    func longSettling() throws {
        let design = try Butterworth.highPass(
            cutoff: 0.001, order: 2, samplingRate: rate(2_000))
        let count = design.settling(level: 1e-3, passes: 2)
        // The slowest pole decays by 2π·0.001/2000·sin(45°) nepers a sample.
        let nepers = 2 * Double.pi * 0.001 / 2_000 * 0.5.squareRoot() * Double(count)
        #expect(nepers > log(1e3) && nepers < log(1e3) + 10)
    }

    @Test("cut-offs down to a ten-millionth of the rate are designed")
    func lowCutoffs() throws {
        for order in 1...6 {
            let design = try Butterworth.highPass(
                cutoff: 2e-4, order: order, samplingRate: rate(2_000))
            #expect(abs(design.magnitude(atHertz: 2e-4) - 0.5.squareRoot()) <= 1e-12)
            #expect(design.poles.allSatisfy { $0.length < 1 })
        }
    }

    @Test("nonsense is refused by the value that is wrong")
    func refusals() throws {
        let rate = try rate(2_000)
        let slow = try self.rate(200)
        func kind(_ make: () throws -> FilterDesign) -> FilterError.Kind? {
            #expect(throws: FilterError.self) { try make() }?.kind
        }
        func above(_ cutoff: Double, _ rate: Double) -> FilterError.Kind {
            .cutoffNotBelowNyquist(
                cutoff: cutoff, nyquist: rate / 2, effectiveRate: rate, declaredRate: rate)
        }
        func cutoff(_ found: Double) -> FilterError.Kind {
            .unusableParameter(name: "a cut-off", expected: "a frequency above 0 Hz", found: found)
        }
        #expect(
            kind { try Butterworth.bandPass(low: 20, high: 450, order: 4, samplingRate: slow) }
                == above(450, 200))
        #expect(
            kind { try Butterworth.lowPass(cutoff: 1_000, order: 4, samplingRate: rate) }
                == above(1_000, 2_000))
        #expect(
            kind { try Butterworth.lowPass(cutoff: 0, order: 4, samplingRate: rate) } == cutoff(0))
        #expect(
            kind { try Butterworth.highPass(cutoff: -5, order: 4, samplingRate: rate) }
                == cutoff(-5))
        #expect(
            kind { try Butterworth.bandPass(low: 450, high: 20, order: 4, samplingRate: rate) }
                == .cutoffsOutOfOrder(low: 450, high: 20))
        #expect(
            kind { try Butterworth.bandStop(low: 20, high: 20, order: 4, samplingRate: rate) }
                == .cutoffsOutOfOrder(low: 20, high: 20))
        for order in [0, -1, 65] {
            #expect(
                kind { try Butterworth.lowPass(cutoff: 5, order: order, samplingRate: rate) }
                    == .unusableParameter(
                        name: "the order", expected: "a whole number from 1 to 64",
                        found: Double(order)))
        }
        for bad in [Double.nan, .infinity] {
            let error = #expect(throws: FilterError.self) {
                try Butterworth.lowPass(cutoff: bad, order: 4, samplingRate: rate)
            }
            #expect(error?.description.contains("a frequency above 0 Hz, found \(bad)") == true)
        }
        #expect(
            kind { try Butterworth.lowPass(cutoff: 1e-14, order: 4, samplingRate: rate) }
                == .unstableDesign(cutoffs: [1e-14], samplingRate: 2_000))
    }
}
