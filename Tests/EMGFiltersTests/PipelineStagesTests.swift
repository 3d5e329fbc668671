import EMGFilters
import Testing

@Suite("Stages named in code")
struct PipelineStagesTests {
    @Test("a factory and a document without settings mean the same stage")
    func defaults() throws {
        let factories: [String: any PipelineStage] = [
            "band_pass": PipelineStages.bandPass(), "envelope": PipelineStages.envelope(),
            "notch": PipelineStages.notch(mains: 50), "rectify": PipelineStages.rectify,
            "spectrum_interpolation": PipelineStages.spectrumInterpolation(mains: 50),
            "comb": PipelineStages.comb(fundamental: 50), "hilbert": PipelineStages.hilbert,
            "teager_kaiser": PipelineStages.teagerKaiser, "detrend": PipelineStages.meanRemoval,
        ]
        let settings = [
            "notch": "{mains_hz: 50}", "comb": "{fundamental_hz: 50}",
            "spectrum_interpolation": "{mains_hz: 50}", "detrend": "{kind: constant}",
        ]
        for (key, stage) in factories {
            let yaml = "stages: [\(key): \(settings[key] ?? "{}")]"
            let read = try ConditioningPipeline(Document(yaml: yaml.utf8, name: key).cursor)
            #expect(read == ConditioningPipeline(stages: [stage]), "\(key)")
        }
    }

    @Test("a factory's arguments are a document's settings")
    func arguments() throws {
        let yaml = """
            stages:
              - low_pass: {cutoff_hz: 7, order: 2}
              - high_pass: {cutoff_hz: 15, order: 3}
              - band_stop: {low_hz: 40, high_hz: 70, order: 2}
              - notch: {mains_hz: 60, width_hz: 2, harmonics: 3}
              - fir: {low_hz: 20, high_hz: 400, length: 101}
              - fir: {low_hz: 40, high_hz: 70, stop: true, length: 101}
              - fir: {rule: mne, low_hz: 20, high_hz: 400}
              - fir: {rule: mne_notch, mains_hz: 60, harmonics: 2}
              - detrend: {kind: linear}
              - moving_arv: {window_s: 0.2}
              - moving_rms: {window_s: 0.3}
              - clip: {low: -2, high: 3}
              - resample: {rate_hz: 500}
              - normalize: {method: z_score}
              - normalize: {method: min_max}
              - normalize: {method: percentile, percentile: 95}
              - normalize: {method: mvc, values: [250, 300]}
            """
        let read = try ConditioningPipeline(Document(yaml: yaml.utf8, name: "stages").cursor)
        let made: [any PipelineStage] = [
            PipelineStages.lowPass(cutoff: 7, order: 2),
            PipelineStages.highPass(cutoff: 15, order: 3),
            PipelineStages.bandStop(low: 40, high: 70, order: 2),
            PipelineStages.notch(mains: 60, bandwidth: 2, harmonics: 3),
            PipelineStages.fir(low: 20, high: 400, length: 101),
            PipelineStages.firBandStop(low: 40, high: 70, length: 101),
            PipelineStages.mneFilter(low: 20, high: 400),
            PipelineStages.mneNotch(mains: 60, harmonics: 2), PipelineStages.trendRemoval,
            PipelineStages.movingARV(seconds: 0.2), PipelineStages.movingRMS(seconds: 0.3),
            PipelineStages.clip(low: -2, high: 3), PipelineStages.resample(toHertz: 500),
            PipelineStages.zScore, PipelineStages.minMax,
            PipelineStages.normalize(toPercentile: 95),
            PipelineStages.normalize(toMVC: [250, 300]),
        ]
        for (left, right) in zip(read.stages, made) {
            #expect(
                ConditioningPipeline(stages: [left]) == ConditioningPipeline(stages: [right]),
                "\(left.key)")
        }
        #expect(read.stages.count == made.count)
    }
}
