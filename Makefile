# Each target installs the extra that it needs, from the lock, once: .venv/.lab is the stamp of lab.
PYTHON ?= python3
PORT ?= 8888
BIN := .venv/bin
NOTEBOOKS ?= $(wildcard notebooks/*.ipynb notebooks/*/*.ipynb notebooks/*/*/*.ipynb)
SPHINX := -q -E -a -W --keep-going -c docs
# Jupyter refuses to run as root (in containers, say) unless told.
ROOT_OK := $(if $(filter 0,$(shell id -u)),--allow-root)

# A progress bar on a slow machine must not get into recorded outputs.
run: export TQDM_DISABLE = 1

.DEFAULT_GOAL := help
.PHONY: help env lab test test-unit test-notebooks run english html pdf test-browser lint diff \
	bench lock check-lock clean pages-zh pages-en

help: ## 列出全部命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: .venv/.test ## 建立 .venv，按 requirements.txt 装好 make test 所需（其他命令会自动先装所需）

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14) and \
		f"Python 3.11 to 3.14 is needed, got {sys.version.split()[0]}: make PYTHON=python3.12")'
	@echo '>> 正在建立 .venv（约 1.5 GB，只做一次；Linux 上若是带 GPU 支持的 PyTorch 则大几倍，见 README） / setting up .venv, once'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.lab .venv/.test .venv/.site .venv/.dev: .venv/.%: .venv/.python requirements.txt pyproject.toml
	$(BIN)/python -m pip install -c requirements.txt -e ".[$*]"
	@# JupyterLab would greet every student with a question about its own news.
	$(if $(filter lab,$*),$(BIN)/jupyter labextension disable "@jupyterlab/apputils-extension:announcements")
	@touch $@

.venv/.test: .venv/.lab

lab: .venv/.lab ## 打开 JupyterLab，进入笔记本（PORT=8888 可改端口）
	@find notebooks -name '*.ipynb' -exec $(BIN)/jupyter trust {} + > /dev/null
	@echo '>> 在浏览器中打开下面的地址；按两次 Ctrl-C 结束 / open the address below'
	@# The second option is the address that it prints, for who has to copy it.
	$(BIN)/jupyter lab notebooks/index.ipynb --LabApp.default_url=/lab/tree/index.ipynb \
		--port=$(PORT) $(ROOT_OK)

test: test-unit test-notebooks ## 单元测试，然后重新执行每个笔记本并逐项比对输出

test-unit: .venv/.test ## 只跑单元测试
	$(BIN)/python -m pytest -n 2 --dist loadscope

test-notebooks: .venv/.test ## 只重新执行笔记本并比对
	$(BIN)/python -m pytest --nbval -n 2 --dist loadfile notebooks

run: .venv/.test ## 重新执行每个笔记本并就地记录输出（记录输出的唯一途径；NOTEBOOKS=notebooks/某节.ipynb 只做一节）
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace \
		--ExecutePreprocessor.record_timing=False \
		--NotebookExporter.preprocessors=nbconvert.preprocessors.CoalesceStreamsPreprocessor $(NOTEBOOKS)
	$(BIN)/python docs/readme_figure.py

english: .venv/.test ## 由中文笔记本与 docs/locale/en 的译文生成英文版 notebooks/en，并运行代码有变的几节
	PYTHONPATH=docs $(BIN)/python -m translation

html: .venv/.site docs/node_modules ## 由记录的输出生成网页 _build/html 与压缩包（另需 Node.js 与 npm）
	@rm -rf _build/html
	@$(MAKE) --no-print-directory -j 2 pages-zh pages-en
	@$(BIN)/python -c 'import shutil; shutil.make_archive("_build/momentum-book", "zip", "_build", "html")'
	@echo '>> _build/html/index.html  _build/momentum-book.zip'

pages-zh:
	$(BIN)/sphinx-build $(SPHINX) -d _build/doctrees notebooks _build/html

pages-en:
	$(BIN)/sphinx-build $(SPHINX) -d _build/doctrees-en -t english notebooks/en _build/html/en

docs/node_modules: docs/package-lock.json
	npm ci --prefix docs
	@touch $@

test-browser: .venv/.test pdf ## 在真实的浏览器里检查网页、互动图与全书（另需 Node.js 与 Chromium；Firefox、WebKitGTK 缺了就跳过）
	node --test tests/js
	$(BIN)/python -m pytest -n 2 --dist loadgroup tests/browser

pdf: html ## 用浏览器把全书印成 _build/momentum-book.pdf（另需 Chromium）
	PYTHONPATH=docs $(BIN)/python -m paper

lint: .venv/.dev docs/node_modules ## 用 ruff、mypy 与 ESLint 检查代码与笔记本（另需 Node.js 与 npm）
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	docs/node_modules/.bin/eslint --config docs/eslint.config.mjs d2lzh_pytorch docs/static tests/js

diff: .venv/.dev ## 看笔记本与上次提交有何不同（NOTEBOOKS=notebooks/某节.ipynb 只看一节）
	@$(BIN)/python .ci/diff_notebooks.py $(NOTEBOOKS)

bench: .venv/.site ## 测量速度，写入 benchmarks/README.md
	PYTHONPATH=docs $(BIN)/python benchmarks/bench.py

lock: .venv/.dev ## 由 pyproject.toml 重新解析 requirements.txt（已锁定的版本不变）
	$(BIN)/uv pip compile --quiet pyproject.toml --output-file requirements.txt

check-lock: .venv/.dev ## 查证 requirements.txt 在 4 种平台、4 个 Python 版本上都装得上（不安装）
	$(BIN)/python .ci/check_lock.py

clean: ## 删除 .venv 与所有生成物
	rm -rf .venv _build dist .pytest_cache .ruff_cache .mypy_cache .coverage
	find . -name __pycache__ -prune -exec rm -rf {} +
	find . -name .ipynb_checkpoints -prune -exec rm -rf {} +
